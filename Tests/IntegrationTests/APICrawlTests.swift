import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing
import WebStandards

/// A crawl of an API that wants questions as POST and a secret in a header.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct APICrawlTests {
    private static let secret = "s3cret-of-the-client"

    private static func spider(port: UInt16) -> String {
        """
        site: api
        hosts: ["127.0.0.1:\(port)"]
        terms: {note: A test.}
        politeness: {delay: 300ms}
        headers: {X-Client: "id {env:API_CLIENT}"}
        start: ["http://127.0.0.1:\(port)/?all=1"]
        pages:
          all:
            url: "/?all={page:int}"
            document: json
            revisit: 1h
            request:
              method: POST
              json: {query: "{ all(page: $p) { id } }", variables: {p: "{page}"}}
            links:
              - {json: "$.ids[*]", then: {template: "/people/{}"}, page: anime}
          anime:
            url: ["/?anime={id:int}", "/people/{id:int}"]
            document: json
            revisit: 1h
            request:
              url: "http://127.0.0.1:\(port)/?anime={id}"
              method: POST
              json: {query: "query($id: Int) { anime(id: $id) { title } }", variables: {id: "{id}", page: "{page|1}"}}
            item:
              type: entry
              id: "{site}:{id}"
              fields:
                id: {from: id, then: int}
                external_ids: {each: "$.same[*]", fields: {site: {const: api}, id: {json: $, then: int}}}
                title: $.title
                type: $.type
                adult: {const: false}

        """
    }

    private static func answer(_ asked: AskedServer.Asked, to port: UInt16) -> AskedServer.Answer {
        switch asked.target {
        case "/robots.txt": return .init("User-agent: *\nDisallow: /?anime=3\n", fields: ["Content-Type: text/plain"])
        case "/?all=1": return .init(#"{"ids": [1, 2, 3, 4, 6]}"#)
        case "/?anime=4": return .init("", status: 302, fields: ["Location: /?anime=5"])
        case "/?anime=6": return .init("", status: 307, fields: ["Location: http://localhost:\(port)/?anime=7"])
        case "/?anime=2": return .init(#"{"title": "Number 2", "type": "TV", "same": [1]}"#)
        default:
            return .init(
                #"{"title": "Number \#(asked.target.suffix(1))", "type": "TV"}"#,
                fields: ["Content-Type: application/json", "ETag: \"x\""])
        }
    }

    private func withServer(_ body: (AskedServer, ProgramHome, TemporaryDatabase) async throws -> Void) async throws {
        try await TemporaryDatabase.with { temporary in
            let server = try AskedServer { asked in
                Self.answer(asked, to: UInt16(asked.fields["host"]?.split(separator: ":").last ?? "") ?? 0)
            }
            defer { server.stop() }
            let home = try ProgramHome(spider: Self.spider(port: server.port), site: "api")
            defer { home.remove() }
            try await body(server, home, temporary)
        }
    }

    private func program(_ home: ProgramHome, _ temporary: TemporaryDatabase, client: String?) -> Program {
        var environment = home.environment
        environment["MONGODB_URI"] = temporary.uri
        environment["ANIMEMATCHER_DATABASE"] = temporary.name
        environment["API_CLIENT"] = client ?? ""
        return Program("animematcher", environment: environment)
    }

    private func documents(_ collection: String, of temporary: TemporaryDatabase) async throws -> [BSONDocument] {
        try await temporary.client.database(temporary.name).collection(collection).find([:]).all()
    }

    @Test("questions go out by POST under their own addresses, politely, within robots.txt, and are not conditional")
    func posts() async throws {
        try await withServer { server, home, temporary in
            let program = program(home, temporary, client: Self.secret)
            let result = try await program.run(["crawl", "api", "--json"])
            #expect(result.status == 0, "\(result.errors)")
            let pages = server.asked.filter { $0.target != "/robots.txt" }
            #expect(
                Set(pages.map(\.target)) == [
                    "/?all=1", "/?anime=1", "/?anime=2", "/?anime=4", "/?anime=5", "/?anime=6",
                ])
            #expect(pages.count == 6 && pages.allSatisfy { $0.method == "POST" })
            #expect(pages.allSatisfy { $0.fields["content-type"] == "application/json" })
            let bodies = Dictionary(pages.map { ($0.target, $0.body) }, uniquingKeysWith: { $1 })
            #expect(bodies["/?all=1"] == #"{"query":"{ all(page: $p) { id } }","variables":{"p":1}}"#)
            #expect(
                bodies["/?anime=2"]
                    == #"{"query":"query($id: Int) { anime(id: $id) { title } }","variables":{"id":2,"page":1}}"#)
            for (first, second) in zip(server.asked, server.asked.dropFirst()) {
                #expect(first.answered.duration(to: second.arrived) >= .milliseconds(299))
            }
            let entries = try await documents("entries", of: temporary)
            #expect(Set(entries.compactMap { $0["_id"]?.stringValue }) == ["api:1", "api:2", "api:5"])

            // What is stored is read again without a question.
            let count = server.asked.count
            let again = try await program.run(["reparse", "api"])
            #expect(again.status == 0 && server.asked.count == count, "\(again.errors)")

            // Asked again, with a tag at hand: a POST is asked whole.
            #expect(try await program.run(["frontier", "reset", "api"]).status == 0)
            let second = try await program.run(["crawl", "api", "--resume", "--json"])
            #expect(second.status == 0, "\(second.errors)")
            let later = server.asked.dropFirst(count).filter { $0.target.contains("anime=1") }
            #expect(!later.isEmpty && later.allSatisfy { $0.method == "POST" && $0.fields["if-none-match"] == nil })
        }
    }

    @Test(
        "the secret goes to pages of the spider's host, not to robots.txt, not where a redirect leads, and into no log and no document"
    )
    func secret() async throws {
        try await withServer { server, home, temporary in
            let program = program(home, temporary, client: Self.secret)
            let result = try await program.run(["crawl", "api", "--json", "--log-level", "trace"])
            #expect(result.status == 0, "\(result.errors)")
            let sent = Dictionary(server.asked.map { ($0.target, $0.fields["x-client"]) }, uniquingKeysWith: { $1 })
            #expect(sent["/?anime=1"] == "id \(Self.secret)" && sent["/?all=1"] == "id \(Self.secret)")
            #expect(sent["/robots.txt"] == .some(nil) && sent["/?anime=5"] == .some(nil))
            // Where the other redirect leads is the same server under a name that is no host of the spider.
            #expect(sent["/?anime=7"] == nil)
            #expect(!(result.output + result.errors).contains(Self.secret))
            for name in ["frontier", "hosts", "pages", "runs", "changes", "entries", "queues"] {
                let documents = try await documents(name, of: temporary)
                #expect(!documents.contains { "\($0)".contains(Self.secret) }, "\(name)")
            }
        }
    }

    @Test(
        "entries of which one states the other become one anime, whichever was read first",
        arguments: [[1, 2], [2, 1]])
    func sameElsewhere(order: [Int]) async throws {
        try await withServer { server, home, temporary in
            let program = program(home, temporary, client: Self.secret)
            for id in order {
                let start = "http://127.0.0.1:\(server.port)/people/\(id)"
                let result = try await program.run(["crawl", "api", "--start", start])
                #expect(result.status == 0, "\(result.errors)")
            }
            let anime = try await documents("anime", of: temporary)
            #expect(anime.map { $0.jsonObject["entries"] } == [["api:1", "api:2"]])
        }
    }

    @Test("without the variable nothing is asked, and it is named")
    func refused() async throws {
        try await withServer { server, home, temporary in
            for client in [nil, "two\nlines"] {
                let result = try await program(home, temporary, client: client).run(["crawl", "api"])
                #expect(result.status == 1)
                #expect(result.errors.contains("X-Client") && result.errors.contains("API_CLIENT"), "\(result.errors)")
                #expect(!result.errors.contains("lines\n"))
            }
            #expect(server.asked.isEmpty)
        }
    }
}
