import Fetching
import Testing
import WebStandards

/// Answers that are not HTTP, or just so.
@Suite("Malformed answers")
struct MalformedAnswerTests {
    private func failure(_ steps: [Step]) async throws -> FetchError.Code? {
        let server = try LoopbackServer(["/": steps])
        defer { server.stop() }
        return try await Fetcher.lent { try await $0.failure(server.request("/")) }
    }

    @Test(
        "what is not HTTP is an error, HTTP/0.9 included",
        arguments: [
            "SSH-2.0-OpenSSH\r\n", "<html>hello</html>", "HTTP/7 200\r\n\r\n", "HTTP/1.1 OK\r\n\r\n", "\r\n\r\n\r\n",
            "garbage\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "HTTP/1.1\r\n\r\n", "\0\0\0\0",
            " HTTP/1.1 200 OK\r\n\r\n", "ICY 200 OK\r\n\r\nhello", "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n",
            "HTTP/1.1 -20 OK\r\n\r\n", "RTSP/1.0 200 OK\r\n\r\n",
        ])
    func notHTTP(text: String) async throws {
        let code = try await failure([.text(text), .close])
        #expect(code == .protocolError || code == .incomplete)
    }

    @Test("a switch of protocols that nobody asked for is no answer")
    func switchedProtocols() async throws {
        let code = try await failure([
            .text("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\nhello"), .close,
        ])
        #expect(code == .protocolError || code == .incomplete)
    }

    @Test("NUL in a header line is an error or data, never the end of what we know of it")
    func nul() async throws {
        let server = try LoopbackServer(["/": [.text("HTTP/1.1 200 OK\r\nA: b\0c\r\nContent-Length: 0\r\n\r\n")]])
        defer { server.stop() }
        try await Fetcher.lent { fetcher async throws in
            do {
                #expect(try await fetcher.fetch(server.request("/")).headers.first("a") == "b\0c")
            } catch let error as FetchError {
                #expect(error.code == .protocolError)
            }
        }
    }

    @Test("an answer's version and reason may be odd")
    func odd() async throws {
        for line in ["HTTP/1.0 200", "HTTP/1.1 200 ", "HTTP/1.1 200 \u{1b}[31mred", "HTTP/1.1  200 OK"] {
            let server = try LoopbackServer(["/": [.text("\(line)\r\nContent-Length: 2\r\n\r\nok"), .close]])
            defer { server.stop() }
            let response = try await Fetcher.lent { try await $0.fetch(server.request("/")) }
            #expect(response.status == 200 && response.body == Array("ok".utf8))
        }
    }
}
