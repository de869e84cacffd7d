import Fetching
import Testing
import WebStandards

/// Secrets go where they were meant to go and nowhere else.
@Suite("Credentials")
struct CredentialTests {
    private func request(_ text: String, _ server: LoopbackServer, secret: String? = nil) throws -> FetchRequest {
        let headers = secret.map { ["Authorization": $0, "X-Key": $0] as HeaderFields }
        return FetchRequest(
            url: try #require(WebURL(text)), headers: headers ?? [:],
            connectTo: .init(host: "127.0.0.1", port: server.port, plainHTTP: text.hasPrefix("https")),
            allowedAddresses: .loopback)
    }

    @Test("an Authorization of one request is not in the next, to whatever host, scheme, port or kept connection")
    func notKept() async throws {
        let server = try LoopbackServer { _ in [.answer("")] }
        defer { server.stop() }
        let others = [
            "https://a.test/", "http://a.test/", "https://a.test:8443/", "https://b.test/", "https://sub.a.test/",
        ]
        try await Fetcher.lent(maximumTransfers: 1) { fetcher async throws in
            _ = try await fetcher.fetch(request("https://a.test/", server, secret: "Bearer s3cret"))
            for url in others { _ = try await fetcher.fetch(request(url, server)) }
        }
        #expect(server.requests.first?.contains("Bearer s3cret") == true)
        #expect(server.requests.dropFirst().count == others.count)
        #expect(server.requests.dropFirst().allSatisfy { !$0.contains("s3cret") && !$0.contains("Authorization") })
    }

    @Test("a redirect to another host, scheme or port is returned, so nothing of the request goes there")
    func redirect() async throws {
        for status in [301, 302, 303, 307, 308] {
            for target in ["http://b.test/", "http://a.test/", "https://a.test:8443/", "//b.test/"] {
                let server = try LoopbackServer { _ in
                    [.answer("", status: "\(status) Go", headers: ["Location: \(target)"])]
                }
                defer { server.stop() }
                var post = try request("https://a.test/", server, secret: "Basic s3cret")
                post.method = .post
                post.body = Array("password=s3cret".utf8)
                let response = try await Fetcher.lent { [post] in try await $0.fetch(post) }
                #expect(response.status == status && response.headers.first("location") == target)
                #expect(server.requests.count == 1)
            }
        }
    }

    @Test(
        "a host that asks for credentials gets none and is not asked again",
        arguments: ["Basic realm=x", "Digest realm=\"x\", nonce=\"y\"", "Negotiate", "NTLM", "Bearer"])
    func challenge(scheme: String) async throws {
        let server = try LoopbackServer { _ in
            [.answer("", status: "401 Unauthorized", headers: ["WWW-Authenticate: \(scheme)"])]
        }
        defer { server.stop() }
        let response = try await Fetcher.lent { try await $0.fetch(request("http://ann:s3cret@a.test/", server)) }
        #expect(response.status == 401)
        #expect(server.requests.count == 1 && !server.requests[0].contains("Authorization"))
    }

    @Test("a proxy's credentials go to that proxy only, also when it asks for others")
    func proxies() async throws {
        let (first, second, host) = (
            try LoopbackServer { _ in [.answer("", status: "407 No", headers: ["Proxy-Authenticate: Basic realm=x"])] },
            try LoopbackServer { _ in [.answer("")] }, try LoopbackServer { _ in [.answer("")] }
        )
        defer { for server in [first, second, host] { server.stop() } }
        let secret = FetchProxy.Credentials(username: "u", password: "s3cret")
        let url = try #require(WebURL("http://a.test/"))
        let tunnel = try #require(WebURL("https://a.test/"))
        try await Fetcher.lent { fetcher async throws in
            let proxy = FetchProxy(.http, host: "127.0.0.1", port: first.port, credentials: secret)
            _ = try? await fetcher.fetch(FetchRequest(url: url, proxy: proxy))
            _ = try? await fetcher.fetch(
                FetchRequest(url: tunnel, limits: .init(total: .milliseconds(500)), proxy: proxy))
            let plain = FetchProxy(.http, host: "127.0.0.1", port: second.port)
            _ = try await fetcher.fetch(FetchRequest(url: url, proxy: plain))
            _ = try? await fetcher.fetch(
                FetchRequest(url: tunnel, limits: .init(total: .milliseconds(500)), proxy: plain))
            _ = try? await fetcher.fetch(
                FetchRequest(url: url, proxy: .init(.http, host: "127.0.0.1", port: first.port)))
            _ = try await fetcher.fetch(request("http://a.test/", host))
        }
        #expect(
            first.requests.map { $0.contains("Proxy-Authorization: Basic dTpzM2NyZXQ=\r\n") } == [true, true, false])
        #expect(second.requests.map { $0.hasPrefix("CONNECT ") } == [false, true])
        #expect((second.requests + host.requests).allSatisfy { !$0.contains("uthorization") })
        #expect(host.requests.count == 1)
    }
}
