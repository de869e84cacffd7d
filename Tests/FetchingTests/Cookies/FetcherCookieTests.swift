import Fetching
import Testing
import WebStandards

@Suite("Cookies of a fetcher")
struct FetcherCookieTests {
    private let store = CookieStore(suffixes: PublicSuffixList(text: "com\n"))

    private func request(_ text: String, _ server: LoopbackServer, cookies: CookieStore?) throws -> FetchRequest {
        FetchRequest(
            url: try #require(WebURL(text)),
            connectTo: .init(host: "127.0.0.1", port: server.port, plainHTTP: text.hasPrefix("https")),
            allowedAddresses: .loopback, cookies: cookies)
    }

    @Test("what an answer or a redirect sets is sent to the hosts it is for, and to no other")
    func roundTrip() async throws {
        let server = try LoopbackServer { target in
            switch target {
            case "/set":
                [
                    .answer(
                        "",
                        headers: [
                            "Set-Cookie: host=1", "Set-Cookie: wide=2; Domain=a.com", "set-cookie: up=3; Domain=com",
                        ])
                ]
            case "/go":
                [.answer("", status: "302 Found", headers: ["Location: http://b.com/", "Set-Cookie: hop=4; Secure"])]
            default: [.echo]
            }
        }
        defer { server.stop() }
        let cookies = try await Fetcher.lent { [store] fetcher async throws in
            _ = try await fetcher.fetch(request("http://www.a.com/set", server, cookies: store))
            _ = try await fetcher.fetch(request("https://www.a.com/go", server, cookies: store))
            var cookies: [String] = []
            for url in [
                "http://www.a.com/", "https://www.a.com/", "http://a.com/", "http://b.com/",
                "http://www.a.com.evil.com/",
            ] {
                let echo = try await fetcher.fetch(request(url, server, cookies: store))
                let lines = String(decoding: echo.body, as: UTF8.self).split(separator: "\r\n")
                cookies.append(lines.filter { $0.lowercased().hasPrefix("cookie:") }.joined(separator: "|"))
            }
            return cookies
        }
        #expect(
            cookies == [
                "Cookie: host=1; wide=2", "Cookie: host=1; wide=2; hop=4", "Cookie: wide=2", "", "",
            ])
    }

    @Test("without a store nothing is remembered, not even between requests on one connection")
    func forgotten() async throws {
        let server = try LoopbackServer { target in
            target == "/set" ? [.answer("", headers: ["Set-Cookie: a=1"])] : [.echo]
        }
        defer { server.stop() }
        let other = CookieStore(suffixes: PublicSuffixList(text: "com\n"))
        try await Fetcher.lent { [store] fetcher async throws in
            _ = try await fetcher.fetch(server.request("/set"))
            _ = try await fetcher.fetch(request("http://a.com/set", server, cookies: store))
            for cookies in [nil, other] {
                let echo = try await fetcher.fetch(request("http://a.com/", server, cookies: cookies))
                #expect(!String(decoding: echo.body, as: UTF8.self).contains("Cookie:"))
            }
        }
    }

    @Test("a Cookie header by hand is refused", arguments: ["Cookie", "cookie"])
    func byHand(name: String) async throws {
        let url = try #require(WebURL("http://127.0.0.1:1/"))
        let request = FetchRequest(url: url, headers: [name: "a=1"], allowedAddresses: .loopback)
        try await Fetcher.lent { fetcher async throws in
            #expect(await fetcher.failure(request) == .invalidRequest)
        }
    }
}
