import Fetching
import Testing

@Suite("Content-Encoding")
struct ContentEncodingTests {
    private static let hello = Array("hello".utf8)

    private func fetch(_ body: [UInt8], _ encoding: String) async throws -> FetchResponse {
        let server = try LoopbackServer(["/": [.answer(body, headers: ["Content-Encoding: \(encoding)"])]])
        defer { server.stop() }
        return try await Fetcher.lent { try await $0.fetch(server.request("/")) }
    }

    private func failure(_ steps: [Step], limits: FetchLimits = .init()) async throws -> FetchError.Code? {
        let server = try LoopbackServer(["/": steps])
        defer { server.stop() }
        return try await Fetcher.lent { try await $0.failure(server.request("/", limits: limits)) }
    }

    @Test(
        "each offered encoding is decoded",
        arguments: [
            ("gzip", Compressed.gzip(hello)), ("x-gzip", Compressed.gzip(hello)), ("deflate", Compressed.zlib(hello)),
            ("br", Compressed.brotliHello), ("zstd", Compressed.zstdHello), ("identity", hello),
            ("gzip, gzip", Compressed.gzip(Compressed.gzip(hello))),
            ("br, gzip", Compressed.gzip(Compressed.brotliHello)),
        ])
    func decoded(encoding: String, body: [UInt8]) async throws {
        let response = try await fetch(body, encoding)
        #expect(response.body == Self.hello)
        #expect(response.wireBytes == body.count)
    }

    @Test("gzip, deflate, brotli and zstd are offered")
    func offered() async throws {
        let server = try LoopbackServer(["/": [.echo]])
        defer { server.stop() }
        let response = try await Fetcher.lent { try await $0.fetch(server.request("/")) }
        let line =
            String(decoding: response.body, as: UTF8.self).split(separator: "\r\n")
            .first { $0.hasPrefix("Accept-Encoding:") } ?? ""
        for name in ["gzip", "deflate", "br", "zstd"] { #expect(line.contains(name)) }
    }

    @Test(
        "data that is not what the header says is an error",
        arguments: [("gzip", hello), ("br", [0xff, 0xff, 0xff, 0xff]), ("zstd", hello), ("no-such-thing", hello)])
    func broken(encoding: String, body: [UInt8]) async throws {
        #expect(try await failure([.answer(body, headers: ["Content-Encoding: \(encoding)"])]) == .badEncoding)
    }

    @Test("a wrong checksum is an error")
    func wrongChecksum() async throws {
        var body = Compressed.gzip(Self.hello)
        body[body.count - 5] ^= 1
        #expect(try await failure([.answer(body, headers: ["Content-Encoding: gzip"])]) == .badEncoding)
    }

    @Test(
        "compressed data that stops early is an error although the length is right",
        arguments: [
            ("gzip", Array(Compressed.gzip(hello).dropLast(9))), ("gzip", Array(Compressed.gzip(hello).dropLast(2))),
            ("deflate", Array(Compressed.zlib(hello).dropLast(5))), ("br", Array(Compressed.brotliHello.dropLast(2))),
            ("zstd", Array(Compressed.zstdHello.dropLast(2))),
        ])
    func stopsEarly(encoding: String, body: [UInt8]) async throws {
        let code = try await failure([.answer(body, headers: ["Content-Encoding: \(encoding)"])])
        #expect(code == .badEncoding || code == .incomplete)
    }

    @Test("more than five stacked encodings are refused")
    func stacked() async throws {
        let names = Array(repeating: "gzip", count: 100).joined(separator: ", ")
        #expect(try await failure([.answer(Self.hello, headers: ["Content-Encoding: \(names)"])]) == .badEncoding)
    }

    @Test(
        "a bomb stops at the limit on the decoded bytes",
        arguments: [
            ("gzip", Compressed.gzipHeader, Compressed.deflatedZeros),
            ("zstd", Compressed.zstdHeader, Compressed.zstdZeros),
        ])
    func bomb(encoding: String, header: [UInt8], zeros: [UInt8]) async throws {
        let server = try LoopbackServer([
            "/": [
                .text("HTTP/1.1 200 OK\r\nContent-Encoding: \(encoding)\r\n\r\n"), .send(header), .sendForever(zeros),
            ]
        ])
        defer { server.stop() }
        let limits = FetchLimits(body: 1 << 20)
        try await Fetcher.lent { fetcher async throws in
            #expect(try await fetcher.failure(server.request("/", limits: limits)) == .bodyTooLarge)
        }
        // Whatever fits into the sockets' buffers may have been sent, but no more.
        #expect(server.bytesSent < 16 << 20)
    }

    @Test("a stream that decodes to nothing stops at the limit on its own bytes")
    func emptyStream() async throws {
        let code = try await failure(
            [
                .text("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"), .send(Compressed.gzipHeader),
                .sendForever([0, 0, 0, 0xff, 0xff]),
            ], limits: FetchLimits(body: 100_000))
        #expect(code == .bodyTooLarge)
    }
}
