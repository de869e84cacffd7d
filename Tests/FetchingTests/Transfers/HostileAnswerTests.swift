import Fetching
import Testing

/// Answers that are wrong or have no end: each must be an error of the right kind, after a bounded number of bytes.
@Suite("Hostile answers")
struct HostileAnswerTests {
    private func failure(_ steps: [Step], limits: FetchLimits = .init()) async throws -> FetchError.Code? {
        let server = try LoopbackServer(["/": steps])
        defer { server.stop() }
        return try await Fetcher.lent { try await $0.failure(server.request("/", limits: limits)) }
    }

    @Test(
        "an answer that ends early is incomplete, never a page",
        arguments: [
            [.text("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345"), .close],
            [.text("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345"), .reset],
            [.text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"), .close],
            [.text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhello"), .close],
            [.text("HTTP/1.1 200 OK\r\nContent-Le"), .reset],
            [.reset], [.close],
        ] as [[Step]])
    func endsEarly(steps: [Step]) async throws {
        #expect(try await failure(steps) == .incomplete)
    }

    @Test("bytes beyond Content-Length are not read as the next answer")
    func longerThanStated() async throws {
        let server = try LoopbackServer([
            "/lie": [
                .text(
                    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")
            ],
            "/next": [.answer("next")],
        ])
        defer { server.stop() }
        try await Fetcher.lent { fetcher async throws in
            #expect(try await fetcher.fetch(server.request("/lie")).body == Array("hello".utf8))
            #expect(try await fetcher.fetch(server.request("/next")).body == Array("next".utf8))
        }
    }

    @Test(
        "a Content-Length that is not one number is an error",
        arguments: ["5\r\nContent-Length: 7", "5, 7", "-5", "+5", "5x", "", "99999999999999999999999"])
    func badLength(value: String) async throws {
        let code = try await failure([.text("HTTP/1.1 200 OK\r\nContent-Length: \(value)\r\n\r\nhello12"), .close])
        #expect(code == .protocolError || code == .bodyTooLarge)
    }

    @Test("the same Content-Length twice is one")
    func sameLengthTwice() async throws {
        let server = try LoopbackServer([
            "/": [.text("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello")]
        ])
        defer { server.stop() }
        let response = try await Fetcher.lent { try await $0.fetch(server.request("/")) }
        #expect(response.body.count == 5)
    }

    @Test("Transfer-Encoding wins over Content-Length, and the connection stays in step")
    func bothLengths() async throws {
        let server = try LoopbackServer([
            "/": [
                .text(
                    "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
            ]
        ])
        defer { server.stop() }
        try await Fetcher.lent { fetcher async throws in
            for _ in 0..<2 { #expect(try await fetcher.fetch(server.request("/")).body == Array("hello".utf8)) }
        }
    }

    @Test("headers without end stop at the limit")
    func endlessHeaders() async throws {
        let server = try LoopbackServer([
            "/": [
                .text("HTTP/1.1 200 OK\r\n"), .sendForever(Array("A: \(String(repeating: "b", count: 1000))\r\n".utf8)),
            ]
        ])
        defer { server.stop() }
        try await Fetcher.lent { fetcher async throws in
            #expect(try await fetcher.failure(server.request("/")) == .headersTooLarge)
        }
        #expect(server.bytesSent < 16 << 20)
    }

    @Test("more lines than allowed stop the transfer")
    func manyHeaders() async throws {
        #expect(
            try await failure([.text("HTTP/1.1 200 OK\r\n"), .sendForever(Array("a:b\r\n".utf8))]) == .headersTooLarge)
    }

    @Test("one header line without end stops too")
    func hugeHeader() async throws {
        let server = try LoopbackServer([
            "/": [.text("HTTP/1.1 200 OK\r\nA: "), .sendForever([UInt8](repeating: 0x62, count: 4096))]
        ])
        defer { server.stop() }
        try await Fetcher.lent { fetcher async throws in
            #expect(try await fetcher.failure(server.request("/")) == .headersTooLarge)
        }
        #expect(server.bytesSent < 16 << 20)
    }

    @Test("interim answers without end stop too")
    func endlessInterim() async throws {
        #expect(try await failure([.sendForever(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))]) == .headersTooLarge)
    }

    @Test("chunks without end stop at the body limit")
    func endlessChunks() async throws {
        let chunk = Array("1000\r\n".utf8) + [UInt8](repeating: 0x61, count: 4096) + Array("\r\n".utf8)
        let server = try LoopbackServer([
            "/": [.text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), .sendForever(chunk)]
        ])
        defer { server.stop() }
        let limits = FetchLimits(body: 100_000)
        try await Fetcher.lent { fetcher async throws in
            #expect(try await fetcher.failure(server.request("/", limits: limits)) == .bodyTooLarge)
        }
        #expect(server.bytesSent < 16 << 20)
    }

    @Test("a stated length over the limit is refused before the body")
    func statedTooLarge() async throws {
        let code = try await failure(
            [.text("HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n"), .hang], limits: FetchLimits(body: 100_000))
        #expect(code == .bodyTooLarge)
    }

    @Test("a body of exactly the limit is complete; one byte more is cut where the caller asked for that")
    func truncation() async throws {
        let server = try LoopbackServer(["/10": [.answer("0123456789")], "/11": [.answer("0123456789a")]])
        defer { server.stop() }
        try await Fetcher.lent { fetcher async throws in
            let limits = FetchLimits(body: 10, overflow: .truncate)
            let whole = try await fetcher.fetch(server.request("/10", limits: limits))
            #expect(whole.body.count == 10 && !whole.isTruncated)
            let cut = try await fetcher.fetch(server.request("/11", limits: limits))
            #expect(cut.body == whole.body && cut.isTruncated && cut.status == 200)
            #expect(try await fetcher.failure(server.request("/11", limits: .init(body: 10))) == .bodyTooLarge)
        }
    }

    @Test(
        "no answer, and an answer without end, run into the total time-out",
        arguments: [
            [.hang], [.text("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1"), .hang],
            [.text("HTTP/1.1 200 OK\r\nA: "), .hang],
        ] as [[Step]])
    func totalTimeout(steps: [Step]) async throws {
        #expect(try await failure(steps, limits: .init(total: .milliseconds(200))) == .timeout)
    }

    @Test("a drip slower than the limit is too slow, long before the total time-out")
    func slowDrip() async throws {
        var limits = FetchLimits(total: .seconds(600))
        limits.minimumSpeed = 1000
        limits.slownessTimeout = .seconds(1)
        let code = try await failure([.text("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1"), .hang], limits: limits)
        #expect(code == .tooSlow)
    }

    @Test("what is not HTTP is a protocol error", arguments: ["SSH-2.0-OpenSSH\r\n", "<html>", "HTTP/7 200\r\n\r\n"])
    func notHTTP(text: String) async throws {
        #expect(try await failure([.text(text), .close]) == .protocolError)
    }
}
