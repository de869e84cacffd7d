import Fetching
import Testing
import WebStandards

@Suite("Fetcher")
struct FetcherTests {
    @Test("an answer is returned with status, headers in order, body, address and version")
    func plainAnswer() async throws {
        let server = try LoopbackServer(["/a?b": [.answer("hello", headers: ["X-A: 1", "x-a:2", "Date: now"])]])
        defer { server.stop() }
        let response = try await Fetcher.lent { try await $0.fetch(server.request("/a?b")) }
        #expect(response.status == 200)
        #expect(response.body == Array("hello".utf8))
        #expect(response.headers.map(\.name) == ["X-A", "x-a", "Date", "Content-Length"])
        #expect(response.headers.all("X-a") == ["1", "2"])
        #expect(response.headers.first("DATE") == "now")
        #expect(response.connectedAddress == "127.0.0.1")
        #expect(response.protocolVersion == .http11)
        #expect(response.newConnections == 1)
        #expect(response.wireBytes == 5)
        #expect(!response.isTruncated && !response.tlsVerified)
        #expect(response.timing.total >= response.timing.firstByte && response.timing.firstByte > .zero)
    }

    @Test("a redirect is returned, not followed", arguments: [301, 302, 303, 307, 308])
    func redirect(status: Int) async throws {
        let server = try LoopbackServer([
            "/": [.answer("", status: "\(status) Go", headers: ["Location: file:///etc/passwd"])]
        ])
        defer { server.stop() }
        let response = try await Fetcher.lent { try await $0.fetch(server.request("/")) }
        #expect(response.status == status)
        #expect(response.headers.first("location") == "file:///etc/passwd")
        #expect(server.requests.count == 1)
    }

    @Test(
        "error statuses and 304 are answers", arguments: ["304 Not Modified", "404 Not Found", "503 Busy", "299 Odd"])
    func statuses(line: String) async throws {
        let server = try LoopbackServer(["/": [.text("HTTP/1.1 \(line)\r\nContent-Length: 0\r\n\r\n")]])
        defer { server.stop() }
        let response = try await Fetcher.lent { try await $0.fetch(server.request("/")) }
        #expect(line.hasPrefix("\(response.status) "))
    }

    @Test("interim answers and trailers are dropped")
    func interimAnswers() async throws {
        let server = try LoopbackServer([
            "/": [
                .text("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n"),
                .text("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nLate: yes\r\n\r\n"),
            ]
        ])
        defer { server.stop() }
        let response = try await Fetcher.lent { try await $0.fetch(server.request("/")) }
        #expect(response.headers.map(\.name) == ["A", "Transfer-Encoding"])
        #expect(response.body == Array("hello".utf8))
    }

    @Test("HEAD returns headers only")
    func head() async throws {
        let server = try LoopbackServer(["/": [.text("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")]])
        defer { server.stop() }
        let response = try await Fetcher.lent { try await $0.fetch(server.request("/", method: .head)) }
        #expect(response.body.isEmpty && response.headers.first("content-length") == "99999999999")
        #expect(server.requests.first?.hasPrefix("HEAD / HTTP/1.1\r\n") == true)
    }

    @Test("POST sends the body as it is and no type or expectation of its own")
    func post() async throws {
        let server = try LoopbackServer(["/": [.echo]])
        defer { server.stop() }
        let body = [UInt8](repeating: UInt8(ascii: "x"), count: 3000)
        let response = try await Fetcher.lent { try await $0.fetch(server.request("/", method: .post, body: body)) }
        let echo = String(decoding: response.body, as: UTF8.self)
        #expect(echo.contains("Content-Length: 3000\r\n") && echo.hasSuffix(String(decoding: body, as: UTF8.self)))
        #expect(!echo.contains("Expect") && !echo.contains("Content-Type"))
    }

    @Test("a kept connection is used again")
    func keepAlive() async throws {
        let server = try LoopbackServer(["/": [.answer("a")]])
        defer { server.stop() }
        let opened = try await Fetcher.lent { fetcher async throws in
            var opened: [Int] = []
            for _ in 0..<5 { opened.append(try await fetcher.fetch(server.request("/")).newConnections) }
            return opened
        }
        #expect(opened == [1, 0, 0, 0, 0])
        #expect(server.connections == 1)
    }

    @Test(
        "a request goes out once, also where the kept connection breaks before an answer",
        arguments: [Step.close, .reset])
    func sentOnce(end: Step) async throws {
        let server = try LoopbackServer(["/": [.answer("first")], "/broken": [end]])
        defer { server.stop() }
        try await Fetcher.lent { fetcher in
            _ = try await fetcher.fetch(server.request("/"))
            #expect(await fetcher.failure(try server.request("/broken")) == .incomplete)
            // Whoever asks again gets a new connection.
            #expect(try await fetcher.fetch(server.request("/")).newConnections == 1)
        }
        #expect(server.requests.map { $0.prefix { $0 != "H" } } == ["GET / ", "GET /broken ", "GET / "])
    }

    @Test("a kept connection that the host has closed is replaced unnoticed")
    func closedConnection() async throws {
        let server = try LoopbackServer(["/": [.answer("a"), .close]])
        defer { server.stop() }
        try await Fetcher.lent { fetcher async throws in
            for number in 1...5 {
                #expect(try await fetcher.fetch(server.request("/")).body == [0x61])
                while server.ended < number { try await Task.sleep(for: .milliseconds(1)) }
            }
        }
    }

    @Test("a connection elsewhere keeps the URL's own Host")
    func connectTo() async throws {
        let server = try LoopbackServer(["/": [.echo]])
        defer { server.stop() }
        var request = FetchRequest(url: try #require(WebURL("http://example.com:81/")), allowedAddresses: .loopback)
        request.connectTo = ConnectTarget(host: "127.0.0.1", port: server.port)
        let response = try await Fetcher.lent { [request] in try await $0.fetch(request) }
        #expect(String(decoding: response.body, as: UTF8.self).contains("Host: example.com:81\r\n"))
        #expect(response.url == request.url)
    }

    @Test("an https URL can be asked over plain HTTP elsewhere, and the response says so")
    func plainHTTP() async throws {
        let server = try LoopbackServer(["/x": [.echo]])
        defer { server.stop() }
        var request = FetchRequest(url: try #require(WebURL("https://example.com/x")), allowedAddresses: .loopback)
        request.connectTo = ConnectTarget(host: "127.0.0.1", port: server.port, plainHTTP: true)
        let response = try await Fetcher.lent { [request] in try await $0.fetch(request) }
        #expect(String(decoding: response.body, as: UTF8.self).contains("Host: example.com\r\n"))
        #expect(!response.tlsVerified)
    }

    @Test("nobody listening is a connect error, worth another try")
    func nobodyListening() async throws {
        let server = try LoopbackServer([:])
        let request = try server.request("/")
        server.stop()
        try await Fetcher.lent { fetcher async throws in
            // The listener may take one connection while it is being closed.
            let code = await fetcher.failure(request)
            #expect(code == .connect || code == .incomplete)
        }
    }

    @Test("a name without address is a resolve error")
    func unresolvable() async throws {
        let request = FetchRequest(url: try #require(WebURL("http://nothing.invalid/")))
        try await Fetcher.lent { fetcher async throws in
            #expect(await fetcher.failure(request) == .resolve)
        }
    }

    @Test("a User-Agent that could end its line is refused", arguments: ["", "a\r\nX: y", "a\nb", "a\0b"])
    func badUserAgent(text: String) {
        #expect(throws: FetchError.self) { _ = try Fetcher(configuration: .init(userAgent: text)) }
    }
}
