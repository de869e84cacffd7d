import Fetching
import Foundation
import Testing
import WebStandards

/// Requests that are refused before anything is sent, and what goes out of those that are not.
@Suite("Refused requests")
struct RequestRefusalTests {
    private func failure(_ change: (inout FetchRequest) -> Void) async throws -> FetchError.Code? {
        var request = FetchRequest(url: try #require(WebURL("http://127.0.0.1:1/")), allowedAddresses: .loopback)
        change(&request)
        return try await Fetcher.lent { [request] in await $0.failure(request) }
    }

    @Test(
        "a header that could end its line, or has no name, is refused",
        arguments: [
            ("X", "a\r\nY: b"), ("X", "a\nY: b"), ("X", "a\rb"), ("X", "a\0b"), ("X", "\u{7f}"), ("X\r\nY", "a"),
            ("X:", "a"),
            ("", "a"), ("X Y", "a"), ("Ä", "a"), ("X\0", "a"),
        ])
    func injection(name: String, value: String) async throws {
        #expect(try await failure { $0.headers = [name: value] } == .invalidRequest)
    }

    @Test(
        "headers that are the fetcher's own are refused",
        arguments: [
            "Host", "hOST", "Content-Length", "Transfer-Encoding", "Connection", "User-Agent", "Accept-Encoding",
            "Expect", "TE",
            "Upgrade", "Proxy-Authorization",
        ])
    func reserved(name: String) async throws {
        #expect(try await failure { $0.headers = [name: "x"] } == .invalidRequest)
    }

    @Test(
        "only http and https are fetched",
        arguments: ["file:///etc/passwd", "ftp://example.com/", "gopher://example.com/", "dict://example.com/"])
    func schemes(text: String) async throws {
        guard let url = WebURL(text) else { return }
        #expect(try await failure { $0.url = url } == .invalidRequest)
    }

    @Test("only POST carries a body")
    func bodyOfGET() async throws {
        #expect(try await failure { $0.body = [1] } == .invalidRequest)
    }

    @Test(
        "a target or proxy that is no host is refused",
        arguments: ["", "a b", "a:80", "a/b", "a@b", "http://a", "a\r\nb"])
    func targets(host: String) async throws {
        #expect(try await failure { $0.connectTo = .init(host: host, port: 80) } == .invalidRequest)
        #expect(try await failure { $0.proxy = .init(.http, host: host, port: 80) } == .invalidRequest)
    }

    @Test(
        "what is sent is the URL's path and query byte for byte, and no line more",
        arguments: [
            "/", "/a?", "/%E3%81%82?q=%c3%A4", "/a/../b//c;d", "/a%0d%0aX:%20y", "/?a=b&c=|'{}", "/a?b?c",
        ])
    func target(text: String) async throws {
        let server = try LoopbackServer { _ in [.echo] }
        defer { server.stop() }
        let request = try server.request(
            text, headers: ["X-Empty": "", "Accept": "text/html"])
        let response = try await Fetcher.lent { try await $0.fetch(request) }
        let lines = String(decoding: response.body, as: UTF8.self).components(separatedBy: "\r\n")
        #expect(lines.first == "GET \(request.url.requestTarget) HTTP/1.1")
        let names = lines.dropFirst().filter { !$0.isEmpty }.map { $0.prefix { $0 != ":" } }
        #expect(Set(names) == ["Host", "User-Agent", "X-Empty", "Accept", "Accept-Encoding"])
        #expect(names.count == 5)
    }

    @Test("user name, password, fragment and a trailing dot of the host are not sent")
    func stripped() async throws {
        let server = try LoopbackServer { _ in [.echo] }
        defer { server.stop() }
        let url = try #require(WebURL("http://ann:secret@example.com.:\(server.port)/a#b"))
        let request = FetchRequest(
            url: url, connectTo: .init(host: "127.0.0.1", port: server.port), allowedAddresses: .loopback)
        let echo = String(decoding: try await Fetcher.lent { try await $0.fetch(request) }.body, as: UTF8.self)
        #expect(echo.hasPrefix("GET /a HTTP/1.1\r\nHost: example.com:\(server.port)\r\n"))
        #expect(!echo.contains("Authorization") && !echo.contains("secret") && !echo.contains("#"))
        #expect(!FetchError(.connect, url: url, cause: "x").description.contains("secret"))
    }
}
