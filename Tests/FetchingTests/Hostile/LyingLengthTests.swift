import Fetching
import Testing

/// Answers whose stated length is not what comes: never a page, and never out of step on a kept connection.
@Suite("Lying lengths")
struct LyingLengthTests {
    private func failure(_ steps: [Step]) async throws -> FetchError.Code? {
        let server = try LoopbackServer(["/": steps])
        defer { server.stop() }
        return try await Fetcher.lent { try await $0.failure(server.request("/")) }
    }

    @Test(
        "an answer that ends early is incomplete, never a page",
        arguments: [
            [.text("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345"), .close],
            [.text("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345"), .reset],
            [.text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"), .close],
            [.text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhello"), .close],
            [.text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n"), .close],
            [.text("HTTP/1.1 200 OK\r\nContent-Le"), .reset],
            [.reset], [.close],
        ] as [[Step]])
    func endsEarly(steps: [Step]) async throws {
        #expect(try await failure(steps) == .incomplete)
    }

    @Test(
        "a Content-Length that is not one number is an error",
        arguments: ["5\r\nContent-Length: 7", "5, 7", "-5", "+5", "5x", "", "0x5", "5 5", "99999999999999999999999"])
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

    @Test(
        "chunks with sizes that are no hexadecimal number are an error",
        arguments: ["g", "-5", "ffffffffffffffffff", " "])
    func badChunks(size: String) async throws {
        let code = try await failure([
            .text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(size)\r\nhello\r\n0\r\n\r\n"), .close,
        ])
        #expect(code == .protocolError || code == .incomplete || code == .bodyTooLarge)
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

    private static let evil = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"

    @Test(
        "what follows an answer is not read as the next one",
        arguments: [
            ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", FetchRequest.Method.get),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", .get),
            ("HTTP/1.1 204 No Content\r\n\r\n", .get), ("HTTP/1.1 304 Not Modified\r\n\r\n", .get),
            ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", .get),
            ("HTTP/1.1 200 OK\r\nContent-Length: 44\r\n\r\n", .head),
        ])
    func extraBytes(answer: String, method: FetchRequest.Method) async throws {
        for comesLater in [false, true] {
            let steps: [Step] =
                comesLater ? [.text(answer), .meet(2), .text(Self.evil)] : [.text(answer + Self.evil)]
            let server = try LoopbackServer(["/lie": steps, "/next": [.answer("next")]])
            defer { server.stop() }
            try await Fetcher.lent { fetcher async throws in
                let lie = try await fetcher.fetch(server.request("/lie", method: method))
                #expect(lie.body.isEmpty || lie.body == Array("hello".utf8))
                if comesLater { startThread { server.meet(2) } }
                // The bytes lie in the kept connection's buffer before it could be used again.
                try await server.sent(answer.utf8.count + Self.evil.utf8.count)
                #expect(try await fetcher.fetch(server.request("/next")).body == Array("next".utf8))
            }
            // libcurl throws away what came in one piece with the answer; what came later costs it the connection.
            #expect(server.connections == 2 || !comesLater)
        }
    }

    @Test(
        "nor what follows it in the same TLS record", .enabled(if: PythonServer.isAvailable, PythonServer.hint))
    func extraBytesOfRecord() async throws {
        let server = try await PythonServer(.strayTLS)
        defer { server.stop() }
        try await Fetcher.lent(certificateAuthorities: server.certificate) { fetcher async throws in
            for _ in 0..<2 {
                #expect(try await fetcher.fetch(server.request("lie")).body == [UInt8](repeating: 0x78, count: 40_000))
                #expect(try await fetcher.fetch(server.request("next")).body == Array("next".utf8))
            }
            // A connection that is in step is kept, over TLS too.
            let kept = try await fetcher.fetch(server.request("next"))
            #expect(kept.newConnections == 0 && kept.protocolVersion == .http11)
        }
    }
}
