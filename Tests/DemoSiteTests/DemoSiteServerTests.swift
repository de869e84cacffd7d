import DemoSite
import Foundation
import Testing

@Suite("DemoSiteServer")
struct DemoSiteServerTests {
    static let catalogue = DemoCatalogue(seed: 3, animeCount: 30, userCount: 12)
    let site: DemoSiteServer

    init() throws { site = try DemoSiteServer(catalogue: Self.catalogue) }

    @Test("one connection serves request after request, and HEAD has no body")
    func keepsAlive() throws {
        defer { site.stop() }
        let client = LoopbackClient(port: site.port)
        let first = try #require(client.get("/anime/1"))
        #expect(first.status == 200 && first.fields["connection"] == "keep-alive")
        let head = try #require(client.get("/anime/1", method: "HEAD"))
        #expect(head.fields["content-length"] == "\(first.body.count)")
        #expect(try #require(client.get("/anime/1")).body == first.body)
        #expect(Set(site.log.settledEntries().map(\.connection)) == [1])
    }

    @Test("pipelined requests are answered in order")
    func pipelines() throws {
        defer { site.stop() }
        let client = LoopbackClient(port: site.port)
        client.say("GET /robots.txt HTTP/1.1\r\nHost: a\r\n\r\nGET /nothing HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(client.answer()?.status == 200)
        #expect(client.answer()?.status == 404)
    }

    @Test(
        "bad requests are refused and the connection is closed",
        arguments: [
            ("NONSENSE\r\n\r\n", 400), ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505),
            ("GET / HTTP/1.1\r\nHost: <a>\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\nbad field: x\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 999999\r\n\r\n", 413),
            ("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
            ("GET /" + String(repeating: "a", count: 9000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414),
            ("GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "b", count: 20_000), 431),
        ])
    func refuses(request: String, status: Int) throws {
        defer { site.stop() }
        let client = LoopbackClient(port: site.port)
        client.say(request)
        let answer = try #require(client.answer())
        #expect(answer.status == status && answer.fields["connection"] == "close")
        #expect(client.rest().isEmpty)
    }

    @Test("other methods are not allowed, and their body is skipped")
    func skipsBodies() throws {
        defer { site.stop() }
        let client = LoopbackClient(port: site.port)
        client.say(
            "POST /login.php HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nGET /GET /robots.txt HTTP/1.1\r\nHost: a\r\n\r\n"
        )
        #expect(client.answer()?.status == 405)
        #expect(client.answer()?.status == 200)
    }

    @Test("links follow the Host header")
    func followsHost() throws {
        defer { site.stop() }
        let answer = try #require(LoopbackClient(port: site.port).get("/topanime.php", host: "myanimelist.net"))
        #expect(answer.text.contains("href=\"http://myanimelist.net/anime/1/"))
    }

    @Test("the log has one line per request, in order, with times that do not run backwards")
    func logs() throws {
        defer { site.stop() }
        let client = LoopbackClient(port: site.port)
        for target in ["/anime/1?a=\"b\"", "/nothing", "/robots.txt"] { _ = client.get(target) }
        let entries = site.log.settledEntries()
        #expect(entries.map(\.path) == ["/anime/1?a=\"b\"", "/nothing", "/robots.txt"])
        #expect(entries.map(\.status) == [200, 404, 200])
        #expect(entries.allSatisfy { $0.host == "demo.invalid" && $0.userAgent == "DemoSiteTests/1" && $0.bytes > 0 })
        for (earlier, later) in zip(entries, entries.dropFirst()) {
            #expect(earlier.arrived <= earlier.finished && earlier.finished <= later.arrived)
        }
    }

    @Test("a log in a file is JSON, whatever was asked for")
    func logsToFile() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("demo-site-\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: file) }
        let logged = try DemoSiteServer(catalogue: Self.catalogue, log: AccessLog(path: file.path))
        _ = LoopbackClient.get("/\"\\ü{}", port: logged.port)
        logged.stop()
        let object = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        #expect(object["path"] as? String == "/\"\\ü{}")
        #expect(object["status"] as? Int == 404)
        #expect((object["arrived"] as? String)?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/) != nil)
    }

    @Test("a page that is named by its tag is not sent again until it changes")
    func conditional() throws {
        defer { site.stop() }
        let client = LoopbackClient(port: site.port)
        let user = Self.catalogue.users[0]
        let target = "/animelist/\(user.name)/load.json?status=7"
        let tag = try #require(client.get(target)?.fields["etag"])
        func ask(_ known: String) -> LoopbackClient.Answer? {
            client.say("GET \(target) HTTP/1.1\r\nHost: demo.invalid\r\nIf-None-Match: \(known)\r\n\r\n")
            return client.answer()
        }
        for known in [tag, "\"0\", W/\(tag)", "*"] {
            let answer = try #require(ask(known))
            #expect(answer.status == 304 && answer.body.isEmpty && answer.fields["etag"] == tag)
        }
        #expect(ask("\"0\"")?.status == 200)
        try site.update {
            try $0.rate(user: user.name, animeID: user.rows[0].animeID, score: user.rows[0].score == 9 ? 2 : 9)
        }
        #expect(ask(tag)?.status == 200)
        #expect(client.get("/nothing")?.fields["etag"] == nil)
    }

    @Test("a change shows on the next request")
    func updates() throws {
        defer { site.stop() }
        let user = Self.catalogue.users[0]
        let before = LoopbackClient.get("/animelist/\(user.name)/load.json?status=7", port: site.port)?.body
        try site.update {
            try $0.rate(user: user.name, animeID: user.rows[0].animeID, score: user.rows[0].score == 9 ? 2 : 9)
        }
        let after = LoopbackClient.get("/animelist/\(user.name)/load.json?status=7", port: site.port)?.body
        #expect(before != nil && after != nil && before != after)
    }

    @Test("after a stop nothing answers, and an idle connection is ended")
    func stops() {
        let client = LoopbackClient(port: site.port)
        _ = client.get("/robots.txt")
        site.stop()
        #expect(client.rest().isEmpty)
        #expect(LoopbackClient.get("/robots.txt", port: site.port) == nil)
    }

    @Test("a taken port is an error")
    func takenPort() {
        defer { site.stop() }
        #expect(throws: DemoSiteError.self) { try DemoSiteServer(catalogue: Self.catalogue, port: site.port) }
    }
}
