import Fetching
import Synchronization
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

    @Test("a SOCKS proxy is told the name, not an address, and speaks for the host; its name and password stay with it")
    func socks() async throws {
        let socks = SOCKSServer()
        let server = try socks.server { _ in [.echo] }
        defer { server.stop() }
        let open = FetchProxy(.socks5, host: "127.0.0.1", port: server.port)
        let named = try #require(FetchProxy("socks5://u:p%40ss@127.0.0.1:\(server.port)"))
        try await Fetcher.lent { fetcher async throws in
            for proxy in [open, named] {
                let response = try await fetcher.fetch(request("http://nothing.invalid:81/a?b", proxy))
                let echo = String(decoding: response.body, as: UTF8.self)
                #expect(echo.hasPrefix("GET /a?b HTTP/1.1\r\nHost: nothing.invalid:81\r\n"))
                #expect(!echo.contains("p@ss") && !echo.contains("uthorization"))
                #expect(response.connectedAddress == "127.0.0.1")
            }
        }
        #expect(socks.told.withLock { $0 } == ["nothing.invalid:81", "user u p@ss", "nothing.invalid:81"])
    }

    @Test("a connection through one proxy is not used for another, nor for none")
    func separate() async throws {
        let (first, second, direct) = (
            try LoopbackServer { _ in [.answer("first")] }, try LoopbackServer { _ in [.answer("second")] },
            try LoopbackServer { _ in [.answer("direct")] }
        )
        defer { for server in [first, second, direct] { server.stop() } }
        let url = "http://127.0.0.1:\(direct.port)/"
        try await Fetcher.lent { fetcher async throws in
            for _ in 0..<2 {
                for (proxy, body) in [(first, "first"), (second, "second"), (nil, "direct")] {
                    var request = try request(url, .init(.http, host: "127.0.0.1", port: proxy?.port ?? 1))
                    request.allowedAddresses = .loopback
                    if proxy == nil { request.proxy = nil }
                    #expect(try await fetcher.fetch(request).body == Array(body.utf8))
                }
            }
        }
        #expect([first, second, direct].map(\.connections) == [1, 1, 1])
    }

    @Test(
        "a proxy is read from its URL",
        arguments: [
            ("http://127.0.0.1:3128", "http://127.0.0.1:3128"), ("http://proxy.test/", "http://proxy.test:80"),
            ("SOCKS5://U:P@[::1]:1080", "socks5://[::1]:1080"), ("socks5h://Proxy.Test:1", "socks5://proxy.test:1"),
        ])
    func text(text: String, description: String) throws {
        #expect("\(try #require(FetchProxy(text)))" == description)
    }

    @Test(
        "what is no proxy's URL is refused",
        arguments: [
            "", "127.0.0.1:3128", "https://a:1", "socks4://a:1", "socks5://a", "http://a:0", "http://a:1/path",
            "http://a:1?b", "http://u:%0a@a:1", "http://u:%zz@a:1", "http://u:%ff@a:1", "ftp://a:1", "http://:1",
        ])
    func noProxy(text: String) {
        #expect(FetchProxy(text) == nil)
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
