import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing
import WebStandards

/// A server that repeats the secret it was sent, wherever an answer has room for it.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct EchoedSecretTests {
    private static let secret = "s3cret-of-the-client"

    private static func spider(port: UInt16) -> String {
        """
        site: echo
        hosts: ["127.0.0.1:\(port)"]
        politeness: {delay: 20ms}
        headers: {X-Client: "id {env:ECHO_CLIENT}"}
        start: ["http://127.0.0.1:\(port)/all"]
        pages:
          all: {url: /all, revisit: 1h, links: [a]}
          anime:
            url: "/anime/{id:int}"
            revisit: 1h
            item:
              type: entry
              id: "{site}:{id}"
              fields: {id: {from: id}, title: h1, type: i, synopsis: p, url: {from: url}, adult: {const: false}}
            links: [a]

        """
    }

    private static func answer(_ asked: AskedServer.Asked) -> AskedServer.Answer {
        let sent = asked.fields["x-client"] ?? "nothing"
        func page(_ body: String, status: Int = 200, fields: [String] = []) -> AskedServer.Answer {
            .init("<html><body>\(body)</body></html>", status: status, fields: ["Content-Type: text/html"] + fields)
        }
        switch asked.target {
        case "/robots.txt": return .init("", fields: ["Content-Type: text/plain"])
        case "/all": return page((1...10).map { "<a href='/anime/\($0)'>\($0)</a>" }.joined())
        case "/anime/2": return page("<h1>Title</h1><i>TV</i><!-- \(sent) -->")
        case "/anime/3": return page("<h1>Title</h1><i>TV</i><p>You sent \(sent).</p>")
        case "/anime/4": return page("<h1>Title</h1><i>TV</i><a href='/anime/14?key=\(sent)'>a</a>")
        case "/anime/5": return page("", status: 302, fields: ["Location: /anime/15?key=\(sent)"])
        case "/anime/6":
            return page("<h1>Title</h1><i>TV</i>", fields: ["ETag: \"\(sent)\"", "Cache-Control: max-age=0"])
        case "/anime/7": return page("<h1>Not here</h1>\(sent)", status: 404)
        case "/anime/8": return page("<h1>Too much</h1>\(sent)", status: 500)
        case "/anime/9": return page("<h1>Title</h1><i>\(sent.uppercased())</i>")
        case "/anime/10":
            let parts = sent.split(separator: "-").map { "<b>\($0)</b>" }.joined(separator: "-")
            return page("<h1>Title</h1><i>TV</i><p>You sent \(parts).</p>")
        default: return page("<h1>Title</h1><i>TV</i>")
        }
    }

    @Test("what a server repeats of a secret is in no document, no log and no question but the one it was sent with")
    func echoed() async throws {
        try await TemporaryDatabase.with { temporary in
            let server = try AskedServer(Self.answer)
            defer { server.stop() }
            let home = try ProgramHome(spider: Self.spider(port: server.port), site: "echo")
            defer { home.remove() }
            var environment = home.environment
            environment["MONGODB_URI"] = temporary.uri
            environment["ANIMEMATCHER_DATABASE"] = temporary.name
            environment["ECHO_CLIENT"] = Self.secret
            let program = Program("animematcher", environment: environment)
            let result = try await program.run(["crawl", "echo", "--max-time", "12s", "--json", "--log-level", "trace"])
            #expect(result.status == 0, "\(result.errors)")
            let sent = server.asked.filter { $0.fields["x-client"] == "id \(Self.secret)" }
            #expect(Set(sent.map(\.target)).isSuperset(of: (1...10).map { "/anime/\($0)" }))
            #expect(!server.asked.contains { $0.target.contains(Self.secret) })
            #expect(!(result.output + result.errors).lowercased().contains(Self.secret))
            let database = temporary.client.database(temporary.name)
            for name in try await database.collectionNames() {
                let documents = try await database.collection(name).find([:]).all()
                #expect(!documents.contains { "\($0)".lowercased().contains(Self.secret) }, "\(name)")
            }
            let entries = try await database.collection("entries").find([:]).all()
            let keys = Set(entries.compactMap { $0["_id"]?.stringValue })
            #expect(keys.isSuperset(of: ["echo:1", "echo:2", "echo:4", "echo:6"]), "\(keys)")
            // The raw pages are kept compressed, so what counts is which of them there are.
            let pages = try await database.collection("pages").find([:]).all().compactMap { $0["url"]?.stringValue }
            let kept = Set(pages.compactMap { $0.split(separator: "/").last.map(String.init) })
            #expect(kept == ["all", "1", "6"])
        }
    }
}
