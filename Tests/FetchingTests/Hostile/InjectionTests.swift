import Fetching
import Testing
import WebStandards

/// Line ends and names where values should be: the request on the wire has no line that we did not mean.
@Suite("Injection")
struct InjectionTests {
    /// The names of the header lines of a request as sent, and its first line.
    private func wire(_ request: String) -> (first: String, names: Set<String>) {
        let lines = request.utf8.split { $0 == 0x0a || $0 == 0x0d }.map { String(Substring($0)) }
        let names = lines.dropFirst().map { String($0.prefix { $0 != ":" }) }
        return (lines.first ?? "", Set(names))
    }

    @Test(
        "a redirect's target with line ends in it is followed as one URL or not at all",
        arguments: [
            "/a%0d%0aX:%20y", "/a\rX: y", "/a\u{b}X: y", "/a\u{85}X: y", "/a\u{2028}X: y", "/a?b\r c", "/a\tb",
            "/a HTTP/1.1\rHost: evil", "//evil.test%0d%0aX:y/", "/\u{0}a",
        ])
    func location(text: String) async throws {
        let server = try LoopbackServer { target in
            target == "/go"
                ? [.text("HTTP/1.1 302 Found\r\nLocation: \(text)\r\nContent-Length: 0\r\n\r\n")] : [.answer("")]
        }
        defer { server.stop() }
        try await Fetcher.lent { fetcher async throws in
            let location: String?
            do {
                location = try await fetcher.fetch(server.request("/go")).headers.first("location")
            } catch let error as FetchError {
                #expect(error.code == .protocolError)
                return
            }
            guard let location, let url = WebURL(location, base: try server.url("/go")) else { return }
            _ = try? await fetcher.fetch(FetchRequest(url: url, allowedAddresses: .loopback))
        }
        for request in server.requests {
            let sent = wire(request)
            #expect(sent.names == ["Host", "User-Agent", "Accept", "Accept-Encoding"], "\(request)")
            #expect(sent.first.split(separator: " ").count == 3)
            #expect(request.contains("\r\nHost: 127.0.0.1:\(server.port)\r\n"))
        }
    }

    @Test("a header split by the answer's own line ends is just another header of the answer")
    func splitAnswer() async throws {
        let server = try LoopbackServer([
            "/": [.text("HTTP/1.1 302 Found\r\nLocation: /a\r\nSet-Cookie: z=1\r\nContent-Length: 0\r\n\r\n")]
        ])
        defer { server.stop() }
        let response = try await Fetcher.lent { try await $0.fetch(server.request("/")) }
        #expect(response.headers.first("location") == "/a" && response.headers.first("set-cookie") == "z=1")
    }

    @Test(
        "a User-Agent or header value that could end its line is refused before anything is sent",
        arguments: ["a\r\nX: y", "a\nX: y", "a\rX: y", "a\0b", "\u{1b}[31m", "a\u{7f}"])
    func ownValues(text: String) async throws {
        #expect(throws: FetchError.self) { _ = try Fetcher(configuration: .init(userAgent: text)) }
        let server = try LoopbackServer { _ in [.answer("")] }
        defer { server.stop() }
        try await Fetcher.lent { fetcher async throws in
            let request = try server.request("/", headers: ["X-A": text])
            #expect(await fetcher.failure(request) == .invalidRequest)
        }
        #expect(server.connections == 0)
    }

    @Test("a cookie that a host set cannot add a line to the next request")
    func cookies() async throws {
        let server = try LoopbackServer { target in
            target == "/set"
                ? [
                    .text(
                        "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\rX: y\r\nSet-Cookie: b=2\u{0}\r\nSet-Cookie: c=3\r\nContent-Length: 0\r\n\r\n"
                    )
                ]
                : [.echo]
        }
        defer { server.stop() }
        let store = CookieStore(suffixes: PublicSuffixList(text: "com\n"))
        try await Fetcher.lent { fetcher async throws in
            for target in ["/set", "/"] {
                var request = try server.request(target)
                request.cookies = store
                _ = try? await fetcher.fetch(request)
            }
        }
        let sent = server.requests.last.map(wire)
        #expect(sent?.names.isSubset(of: ["Host", "User-Agent", "Accept", "Accept-Encoding", "Cookie"]) == true)
    }

    @Test(
        "what a Referrer-Policy says is data: no Referer is ever sent, whatever it names",
        arguments: ["os.system", "unsafe-url", "origin", "no-referrer-when-downgrade, __import__('os')", ""])
    func referrerPolicy(value: String) async throws {
        let server = try LoopbackServer { _ in [.answer("", headers: ["Referrer-Policy: \(value)"])] }
        defer { server.stop() }
        try await Fetcher.lent { fetcher async throws in
            for target in ["/a", "/b"] {
                let response = try await fetcher.fetch(server.request(target))
                #expect(response.headers.first("referrer-policy") == value)
            }
        }
        #expect(server.requests.allSatisfy { !$0.lowercased().contains("referer") })
    }

    @Test(
        "one parser decides which host is meant, and that host alone is named on the wire",
        arguments: [
            ("http://good.test@evil.test/", "evil.test"), ("http://evil.test\\@good.test/", "evil.test"),
            ("http://good.test#@evil.test/", "good.test"), ("http://good.test?@evil.test/", "good.test"),
            ("http://good.test;@evil.test/", "evil.test"), ("http:\\\\good.test\\x", "good.test"),
            ("http:good.test", "good.test"), ("http:///good.test/", "good.test"), ("http://ｇｏｏｄ.test/", "good.test"),
            ("http://good。test/", "good.test"), ("http://GOOD.test:080/", "good.test:80"),
            ("http://u:s3cret@good.test/", "good.test"), ("http://good.test:65535/", "good.test:65535"),
            ("http://a:b@c:d@evil.test/", "evil.test"), ("http://good.test%2eevil.test/", "good.test.evil.test"),
            ("http://bücher.test/", "xn--bcher-kva.test"),
        ])
    func smuggledHosts(text: String, host: String) async throws {
        let server = try LoopbackServer { _ in [.answer("")] }
        defer { server.stop() }
        let url = try #require(WebURL(text))
        let request = FetchRequest(
            url: url, connectTo: .init(host: "127.0.0.1", port: server.port), allowedAddresses: .loopback)
        _ = try await Fetcher.lent { try await $0.fetch(request) }
        let sent = try #require(server.requests.first)
        #expect(sent.contains("\r\nHost: \(host.hasSuffix(":80") ? String(host.dropLast(3)) : host)\r\n"))
        #expect(!sent.contains("s3cret") && !sent.contains("Authorization") && !sent.contains("@c"))
        #expect(!"\(FetchError(.connect, url: url, cause: ""))".contains("s3cret"))
    }

    @Test(
        "what that parser refuses is not asked for",
        arguments: [
            "http://good.test%00.evil.test/", "http://good.test:65536/", "http://good test/",
            "http://[::1%25eth0]/", "http://good.test:8a/", "http://1.2.3.4.5/", "http://0x.0x.0/x^y@[", "http://a<b/",
        ])
    func refusedHosts(text: String) {
        #expect(WebURL(text).map(\.isHTTP) != true || WebURL(text)?.host == "0.0.0.0", "\(WebURL(text)?.href ?? "")")
    }

    @Test("port 0 leads nowhere")
    func portZero() async throws {
        let request = FetchRequest(url: try #require(WebURL("http://127.0.0.1:0/")), allowedAddresses: .loopback)
        try await Fetcher.lent { fetcher async throws in
            let code = await fetcher.failure(request)
            #expect(code == .connect || code == .invalidRequest)
        }
    }
}
