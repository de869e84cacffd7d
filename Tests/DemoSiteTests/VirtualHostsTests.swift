import DemoSite
import Foundation
import Synchronization
import Testing

@Suite("VirtualHosts")
struct VirtualHostsTests {
    static let catalogue = DemoCatalogue(seed: 3, animeCount: 60, userCount: 25)

    private func withSite<Value>(_ rules: String = "", _ body: (DemoSiteServer) throws -> Value) throws -> Value {
        var options = DemoSiteOptions()
        options.hosts = VirtualHosts(count: 3)
        let site = try DemoSiteServer(
            catalogue: Self.catalogue, options: options, behaviour: Behaviour(parsing: rules))
        defer { site.stop() }
        return try body(site)
    }

    private func get(_ url: String, _ site: DemoSiteServer) throws -> LoopbackClient.Answer {
        let parts = url.dropFirst("http://".count).split(separator: "/", maxSplits: 1)
        return try #require(
            LoopbackClient(port: site.port).get("/\(parts.count > 1 ? parts[1] : "")", host: String(parts[0])))
    }

    private func links(of page: LoopbackClient.Answer, to path: String) throws -> Set<String> {
        let pattern = try Regex<(Substring, Substring)>("href=\"(http://[^\"#]*\(path)[^\"#]*)\"")
        return Set(page.text.matches(of: pattern).map { String($0.output.1) })
    }

    @Test("links lead to where a page is at home, on all hosts, and every page is answered there")
    func homes() throws {
        try withSite { site in
            let links = try links(of: get("http://h0.demo.test/topanime.php?limit=0", site), to: "/anime/\\d+/[a-z_]+$")
                .union(links(of: get("http://h0.demo.test/users.php?show=0", site), to: "/profile/"))
            #expect(
                Set(links.map { $0.prefix(19) }) == [
                    "http://h0.demo.test", "http://h1.demo.test", "http://h2.demo.test",
                ])
            for link in links { #expect(try get(link, site).status == 200, "\(link)") }
        }
    }

    @Test("asked under another name, a page redirects home; the same catalogue gives the same homes each time")
    func redirects() throws {
        func answers() throws -> [String] {
            try withSite { site in
                try ["/topanime.php?limit=50", "/users.php?show=20", "/profile/nobody", "/anime/1"].map {
                    let answer = try get("http://elsewhere.test\($0)", site)
                    #expect(answer.status == 301)
                    return try #require(answer.fields["location"])
                }
            }
        }
        let first = try answers()
        #expect(first[0] == "http://h1.demo.test/topanime.php?limit=50")
        #expect(first[1] == "http://h1.demo.test/users.php?show=20")
        #expect(try answers() == first)
        let robots = try withSite { try get("http://elsewhere.test/robots.txt", $0) }
        #expect(robots.status == 200)
    }

    @Test("a fault can be one host's, and the log names the host and what Retry-After asked for")
    func faults() throws {
        try withSite("429 host=h1.* retry-after=7") { site in
            #expect(try get("http://h0.demo.test/", site).status == 200)
            #expect(try get("http://h1.demo.test/", site).status == 429)
            let refused = try #require(site.log.settledEntries().first { $0.status == 429 })
            #expect(refused.host == "h1.demo.test")
            #expect(refused.notBefore == refused.finished + 7_000_000)
        }
    }

    @Test("the first requests to a share of the pages fail, and each such page is answered in the end")
    func shareOnce() throws {
        try withSite("500 share=50 first=1") { site in
            let targets = (0..<40).map { "http://h0.demo.test/nothing/\($0)" }
            let first = try targets.map { try get($0, site).status }
            #expect((8...32).contains(first.count { $0 == 500 }))
            let second = try targets.map { try get($0, site).status }
            #expect(second.allSatisfy { $0 == 404 })
        }
    }

    @Test("a body that only says it is gzip has a gzip header and nothing that inflates")
    func badGzip() throws {
        try withSite("bad-gzip path=/anime/*") { site in
            let answer = try get("http://h1.demo.test/anime/1", site)
            #expect(answer.fields["content-encoding"] == "gzip")
            #expect(answer.body.prefix(3) == [0x1F, 0x8B, 8])
        }
    }

    @Test("a stalled answer ends in the middle")
    func stall() throws {
        try withSite("stall ms=50 path=/anime/*") { site in
            let client = LoopbackClient(port: site.port)
            client.say("GET /anime/1 HTTP/1.1\r\nHost: h1.demo.test\r\n\r\n")
            let bytes = client.rest()
            #expect(bytes.count > 100 && !String(decoding: bytes, as: UTF8.self).contains("</html>"))
        }
    }

    @Test("each request is told before it is answered")
    func observed() throws {
        try withSite { site in
            let seen = Mutex<[String]>([])
            site.onRequest { host, target in seen.withLock { $0.append(host + target) } }
            _ = try get("http://h2.demo.test/robots.txt", site)
            #expect(seen.withLock { $0 } == ["h2.demo.test/robots.txt"])
        }
    }
}
