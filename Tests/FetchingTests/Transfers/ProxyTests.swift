import Fetching
import Testing
import WebStandards

@Suite("Proxies")
struct ProxyTests {
    private func request(_ text: String, _ proxy: FetchProxy) throws -> FetchRequest {
        FetchRequest(url: try #require(WebURL(text)), proxy: proxy)
    }

    @Test("an HTTP proxy is asked for the whole URL, with its credentials")
    func forwarding() async throws {
        let server = try LoopbackServer { _ in [.echo] }
        defer { server.stop() }
        let proxy = FetchProxy(
            .http, host: "127.0.0.1", port: server.port, credentials: .init(username: "u", password: "p"))
        let request = try request("http://example.com:81/a?b", proxy)
        let response = try await Fetcher.lent { try await $0.fetch(request) }
        let echo = String(decoding: response.body, as: UTF8.self)
        #expect(echo.hasPrefix("GET http://example.com:81/a?b HTTP/1.1\r\nHost: example.com:81\r\n"))
        #expect(echo.contains("Proxy-Authorization: Basic dTpw\r\n"))
    }

    @Test("https goes through a tunnel, and a refusal is the proxy's")
    func tunnel() async throws {
        let server = try LoopbackServer { _ in [.text("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"), .close] }
        defer { server.stop() }
        let request = try request("https://example.com/", .init(.http, host: "127.0.0.1", port: server.port))
        try await Fetcher.lent { fetcher async throws in
            #expect(await fetcher.failure(request) == .proxy)
        }
        #expect(server.requests.first?.hasPrefix("CONNECT example.com:443 HTTP/1.1\r\n") == true)
    }

    @Test("an address in the URL is judged although the proxy would connect")
    func judged() async throws {
        let server = try LoopbackServer { _ in [.answer("secret")] }
        defer { server.stop() }
        let request = try request("http://169.254.169.254/", .init(.http, host: "127.0.0.1", port: server.port))
        try await Fetcher.lent { fetcher async throws in
            #expect(await fetcher.failure(request) == .addressRefused)
        }
        #expect(server.connections == 0)
    }
}
