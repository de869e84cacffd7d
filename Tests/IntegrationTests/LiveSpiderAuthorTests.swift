import Foundation
import TestSupport
import Testing

/// What a site's author does with a server that answers: `spider new` and `spider record` of a URL.
@Suite struct LiveSpiderAuthorTests {
    private static let secret = "s3cret-of-the-client"

    private static func anime(_ id: String, _ more: String = "") -> AskedServer.Answer {
        page(
            """
            <html><head><title>Title \(id)</title></head><body><h1>Title \(id)</h1><dl><dt>Type<dd>TV<dt>Status<dd>Finished</dl>
            <p>By <a href="/profile/Quillfeather">Quillfeather</a></p>\(more)</body></html>
            """)
    }

    private static func page(_ body: String, status: Int = 200, fields: [String] = []) -> AskedServer.Answer {
        .init(body, status: status, fields: ["Content-Type: text/html; charset=utf-8"] + fields)
    }

    private static func answer(_ asked: AskedServer.Asked) -> AskedServer.Answer {
        let sent = asked.fields["x-client"] ?? ""
        switch asked.target {
        case "/robots.txt": return .init("User-agent: *\nDisallow: /anime/66\n", fields: ["Content-Type: text/plain"])
        case "/anime/5", "/anime/6": return anime(String(asked.target.suffix(1)))
        case "/old/5": return page("", status: 301, fields: ["Location: /anime/5"])
        case "/old/6": return page("", status: 302, fields: ["Location: http://127.0.0.1:9/anime/6"])
        case "/old/7": return page("", status: 308, fields: ["Location: /anime/7?key=\(sent)"])
        case "/loop": return page("", status: 302, fields: ["Location: /loop"])
        case "/anime/7": return anime("7", "<!-- you sent \(sent) -->")
        case "/anime/8": return anime("8", "<script>var key = '\(sent.uppercased())'</script>")
        case "/anime/9": return anime("9", "<a href='/anime/9?\(sent.replacing("-", with: "%2d"))'>again</a>")
        case "/anime/10": return page("<h1>Title 10</h1>", fields: ["X-Robots-Tag: noarchive"])
        default: return page("<h1>Not here</h1>", status: 404)
        }
    }

    private func withServer(_ body: (AskedServer, ProgramHome, Program) async throws -> Void) async throws {
        let server = try AskedServer(Self.answer)
        defer { server.stop() }
        let spider = """
            site: live
            hosts: ["127.0.0.1:\(server.port)"]
            politeness: {delay: 200ms}
            headers: {X-Client: "id {env:LIVE_CLIENT}"}
            pages:
              anime:
                url: ["/anime/{id:int}", "/old/{id:int}"]
                verdicts: [{drop: not_found, status: 404}]
                item:
                  type: entry
                  id: "{site}:{id}"
                  fields: {id: {from: id}, title: h1, adult: {const: false}}

            """
        let home = try ProgramHome(spider: spider, site: "live")
        defer { home.remove() }
        let environment = home.environment.merging(["LIVE_CLIENT": Self.secret]) { $1 }
        try await body(server, home, Program("animematcher", environment: environment))
    }

    /// The files of a site's fixtures by name.
    private func fixtures(_ site: String, _ home: ProgramHome) throws -> [String: String] {
        let folder = home.spider("x").deletingLastPathComponent().appendingPathComponent("fixtures/\(site)")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return try Dictionary(
            uniqueKeysWithValues: names.map {
                ($0, try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8))
            })
    }

    @Test("a spider is begun from a page that is asked for, robots.txt first and with the gap of a crawl")
    func new() async throws {
        try await withServer { server, home, program in
            let url = "http://127.0.0.1:\(server.port)/anime/5"
            let new = try await program.run(["spider", "new", "begun", "--url", url])
            #expect(new.status == 0, "\(new.errors)")
            #expect(server.asked.map(\.target) == ["/robots.txt", "/anime/5"])
            if let first = server.asked.first, let last = server.asked.last {
                #expect(first.answered.duration(to: last.arrived) >= .milliseconds(199))
            }
            // What another spider sends to the host is not sent for this one.
            #expect(server.asked.allSatisfy { $0.fields["x-client"] == nil })
            let kept = try fixtures("begun", home)
            #expect(Set(kept.keys) == ["anime.html", "expected.jsonl"])
            #expect(kept["anime.html"]?.contains("Quillfeather") == false)
            let check = try await program.run(["spider", "check", "begun", "--strict"])
            #expect(check.status == 0, "\(check.output)\(check.errors)")
        }
    }

    @Test(
        "where a page leads elsewhere, is not there or must not be asked for, new writes nothing and says why",
        arguments: [
            ("/old/5", "answered 301, a redirect to http://127.0.0.1:PORT/anime/5; give that address"),
            ("/old/6", "answered 302, a redirect to http://127.0.0.1:9/anime/6"), ("/loop", "answered 302"),
            ("/anime/404", "answered 404; expected the page of one anime"), ("/anime/66", "robots.txt forbids it"),
        ])
    func refused(path: String, message: String) async throws {
        try await withServer { server, home, program in
            let url = "http://127.0.0.1:\(server.port)\(path)"
            let new = try await program.run(["spider", "new", "begun", "--url", url])
            #expect(new.status == 1)
            #expect(new.errors.contains(message.replacing("PORT", with: "\(server.port)")), "\(new.errors)")
            #expect(!FileManager.default.fileExists(atPath: home.spider("begun").path))
            #expect(try fixtures("begun", home).isEmpty)
            #expect(server.asked.filter { $0.target != "/robots.txt" }.count == (path == "/anime/66" ? 0 : 1))
        }
    }

    @Test("a page that is asked for becomes a fixture; one that leads elsewhere or asks not to be kept does not")
    func record() async throws {
        try await withServer { server, home, program in
            let origin = "http://127.0.0.1:\(server.port)"
            let recorded = try await program.run(["spider", "record", "\(origin)/anime/6"])
            #expect(recorded.status == 0, "\(recorded.errors)")
            #expect(recorded.output.contains("1 people replaced"), "\(recorded.output)")
            #expect(server.asked.map(\.target) == ["/robots.txt", "/anime/6"])
            #expect(server.asked.map { $0.fields["x-client"] } == [nil, "id \(Self.secret)"])
            let missing = try await program.run(["spider", "record", "\(origin)/anime/404", "--as", "missing.html"])
            #expect(missing.status == 0 && missing.output.contains("drops: not_found"), "\(missing.errors)")
            for (path, message) in [
                ("/old/5", "a redirect to \(origin)/anime/5"), ("/old/6", "a redirect to http://127.0.0.1:9/anime/6"),
                ("/anime/10", "asks not to be kept"), ("/anime/66", "robots.txt forbids it"),
            ] {
                let refused = try await program.run(["spider", "record", origin + path])
                #expect(refused.status == 1 && refused.errors.contains(message), "\(refused.errors)")
            }
            #expect(!server.asked.contains { $0.target == "/anime/5" })
            let kept = try fixtures("live", home)
            #expect(Set(kept.keys) == ["anime.html", "missing.html", "expected.jsonl"])
            #expect(kept.values.allSatisfy { !$0.contains("Quillfeather") && !$0.contains(Self.secret) })
            let check = try await program.run(["spider", "check", "live"])
            #expect(check.status == 0 && check.output.contains("2 pages, all as expected"), "\(check.output)")
        }
    }

    @Test(
        "an answer that repeats the secret that was sent becomes no fixture, and nothing that is printed has it",
        arguments: ["/anime/7", "/anime/8", "/anime/9", "/old/7"])
    func secret(path: String) async throws {
        try await withServer { server, home, program in
            let recorded = try await program.run(["spider", "record", "http://127.0.0.1:\(server.port)\(path)"])
            #expect(server.asked.last?.fields["x-client"] == "id \(Self.secret)")
            #expect(recorded.status == 1)
            #expect(!(recorded.output + recorded.errors).lowercased().contains(Self.secret), "\(recorded.errors)")
            #expect(recorded.errors.contains("repeats a secret"), "\(recorded.errors)")
            #expect(try fixtures("live", home).isEmpty)
        }
    }
}
