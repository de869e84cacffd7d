import Fetching
import Foundation
import Testing
import WebStandards

@testable import CrawlEngine

@Suite("Network settings of the configuration")
struct NetworkConfigurationTests {
    private func mistakes(_ text: String) -> [String] {
        do {
            _ = try Configuration(name: "c.yaml", bytes: Array(text.utf8))
            return []
        } catch {
            return error.mistakes.map(\.description)
        }
    }

    private func profile(_ text: String, cookies: Bool = false) throws -> CrawlProfile {
        let yaml = """
            site: test
            hosts: [a.example, b.example, 127.0.0.1]
            start: ["http://127.0.0.1:81/top"]
            cookies: \(cookies)
            pages:
              top: {url: /top, links: [.title]}
            """
        let spider = try SpiderFixtures.extractor(yaml: yaml).spider
        return try CrawlProfile(
            spider: spider, configuration: Configuration(name: "c.yaml", bytes: Array(text.utf8)), starts: [], run: "r",
            version: "1", userKey: nil)
    }

    private func proxy(_ profile: CrawlProfile, _ url: String) throws -> String? {
        profile.request(for: try #require(WebURL(url))).proxy.map { "\($0)" }
    }

    @Test("a host is asked through its own proxy, every other through '*', this machine through none")
    func proxies() throws {
        let profile = try profile(
            """
            sites:
              test:
                proxies:
                  A.Example: socks5://name:p%40ss@127.0.0.1:1080
                  "*": http://[::1]:3128
                connect_to: {"http://c.example": "http://127.0.0.1:8001"}
            """)
        #expect(try proxy(profile, "https://a.example/x") == "socks5://127.0.0.1:1080")
        #expect(try proxy(profile, "http://b.example/") == "http://[::1]:3128")
        #expect(try proxy(profile, "http://127.0.0.1:81/top") == nil)
        #expect(try proxy(profile, "http://c.example/") == nil)
        let request = profile.request(for: try #require(WebURL("http://a.example/")))
        #expect(request.proxy?.credentials == .init(username: "name", password: "p@ss"))
        var dumped = "\(request)"
        dump(request, to: &dumped)
        #expect(!dumped.contains("p@ss"))
    }

    @Test("bad values are reported at their place, without what a proxy's password may be")
    func places() {
        let text = """
            certificate_authorities: certs.pem
            sites:
              test:
                unverified_tls: [old.example, "https://x", "a:80"]
                connect_to: {"https://a.example": "http://127.0.0.1:1"}
                proxies:
                  a.example: http://127.0.0.1:1
                  b.example: ftp://u:secret@127.0.0.1:1
                  c.example: http://u:secret@127.0.0.1:1/path
                  d/e: http://127.0.0.1:1
                  e.example: socks5://127.0.0.1
            """
        let found = mistakes(text)
        let form = "expected a proxy like http://127.0.0.1:3128 or socks5://name:password@127.0.0.1:1080"
        #expect(
            found == [
                "c.yaml:1:26: expected the absolute path of a PEM file with certificates, found 'certs.pem'",
                "c.yaml:4:35: expected a host such as example.org or 127.0.0.1, found 'https://x'",
                "c.yaml:4:48: expected a host such as example.org or 127.0.0.1, found 'a:80'",
                "c.yaml:7:7: 'a.example' is in connect_to already; a host is asked elsewhere or through a proxy",
                "c.yaml:8:18: \(form)", "c.yaml:9:18: \(form)",
                "c.yaml:10:7: expected a host such as example.org or 127.0.0.1, found 'd/e'", "c.yaml:11:18: \(form)",
            ])
    }

    @Test(
        "a contact that could add a line to a request is refused at its place",
        arguments: [
            "\"mailto:a@b.example\\r\\nX: y\"", "\"mailto:a@b.example\\nX: y\"", "\"mailto:a@b\\0\"", "mailto:a b",
        ])
    func contact(text: String) {
        let form = "expected a contact like mailto:operator@example.org or https://example.org/crawler"
        #expect(mistakes("contact: \(text)") == ["c.yaml:1:10: \(form)"])
    }

    @Test("a certificate file must be there and hold certificates")
    func certificates() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ca-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (good, bad) = (folder.appendingPathComponent("good.pem"), folder.appendingPathComponent("bad.pem"))
        try Data("# ours\n-----BEGIN CERTIFICATE-----\n".utf8).write(to: good)
        try Data("hello".utf8).write(to: bad)
        #expect(mistakes("certificate_authorities: \(good.path)").isEmpty)
        #expect(mistakes("certificate_authorities: \(bad.path)").count == 1)
        #expect(mistakes("certificate_authorities: /nothing/here.pem").count == 1)
        let configuration = try profile("certificate_authorities: \(good.path)").fetcherConfiguration
        #expect(configuration.certificateAuthorities == good.path)
    }

    @Test("hosts whose certificate is not checked are handed to the fetcher, with a warning each")
    func unverified() throws {
        let profile = try profile("sites: {test: {unverified_tls: [B.example, a.example]}}")
        #expect(profile.fetcherConfiguration.unverifiedTLSHosts == ["a.example", "b.example"])
        #expect(
            profile.warnings == [
                "a.example is asked without checking its certificate, as sites.test.unverified_tls says",
                "b.example is asked without checking its certificate, as sites.test.unverified_tls says",
            ])
        #expect(try self.profile("contact: mailto:a@b.example").warnings.isEmpty)
    }

    @Test("cookies are kept for a spider that says so, in one store for the run")
    func cookies() throws {
        let url = try #require(WebURL("http://127.0.0.1:81/top"))
        #expect(try profile("").request(for: url).cookies == nil)
        let profile = try profile("", cookies: true)
        #expect(profile.request(for: url).cookies != nil)
        #expect(profile.request(for: url).cookies === profile.cookies)
    }
}
