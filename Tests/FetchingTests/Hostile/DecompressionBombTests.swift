import Fetching
import Testing
import WebStandards

/// A few bytes that stand for many: decoding stops at the limit and takes memory in proportion to it, not to the bomb.
@Suite("Decompression bombs")
struct DecompressionBombTests {
    private static let limit = 12 << 20

    /// About ten megabytes that stand for gigabytes and more.
    private static func bomb(_ header: [UInt8], _ unit: [UInt8]) -> [UInt8] {
        header + unit.repeated((10 << 20) / unit.count)
    }

    /// What became of an answer with this body, and by how many KiB the process grew.
    private func probe(_ encoding: String, _ body: [UInt8]) async throws -> Probe {
        let server = try LoopbackServer(["/": [.answer(body, headers: ["Content-Encoding: \(encoding)"])]])
        defer { server.stop() }
        return try await Probe(["limit=\(Self.limit)", try server.url("/").href])
    }

    @Test(
        "ten megabytes that would be gigabytes end at the limit, in bounded memory and time",
        arguments: [
            ("gzip", Compressed.gzipHeader, Compressed.deflatedZeros), ("deflate", [], Compressed.deflatedZeros),
            ("deflate", [0x78, 0x9c], Compressed.deflatedZeros),
            ("br", Compressed.brotliHeader, Compressed.brotliZeros),
            ("zstd", Compressed.zstdHeader, Compressed.zstdZeros),
            ("gzip, br", Compressed.brotliHeader, Compressed.brotliZeros),
        ])
    func bombs(encoding: String, header: [UInt8], unit: [UInt8]) async throws {
        let probe = try await probe(encoding, Self.bomb(header, unit))
        #expect(probe.outcomes == ["error bodyTooLarge"])
        // The body as sent, the room for the decoded one while it grows, and the decoder's window.
        #expect(probe.memoryKiB < 6 * Self.limit >> 10)
        #expect(probe.seconds < 60)
    }

    @Test("a gzip of many members adds up")
    func members() async throws {
        let member = Compressed.gzip([UInt8](repeating: 0, count: 60_000))
        let body = member.repeated(190)
        let whole = try await probe("gzip", body)
        #expect(whole.outcomes == ["200"] && whole.lines.first?.hasSuffix(" 200 11400000") == true)
        // Twice over it exceeds the limit already as sent, so the limit is lowered below the sum instead.
        let server = try LoopbackServer(["/": [.answer(body, headers: ["Content-Encoding: gzip"])]])
        defer { server.stop() }
        let cut = try await Probe(["limit=11399999", try server.url("/").href])
        #expect(cut.outcomes == ["error bodyTooLarge"])
    }

    @Test("half a million empty gzip members take no time")
    func emptyMembers() async throws {
        let member = Compressed.gzip([])
        let probe = try await probe("gzip", member.repeated(500_000))
        #expect(probe.outcomes == ["200"])
        #expect(probe.seconds < 60)
    }

    @Test("a length that the gzip trailer states without having it is not believed beyond the limit")
    func lyingTrailer() async throws {
        let body = Array(Compressed.gzip(Array("hello".utf8)).dropLast(4)) + [0xff, 0xff, 0xff, 0xff]
        let probe = try await probe("gzip", body)
        #expect(probe.outcomes == ["error badEncoding"])
        #expect(probe.memoryKiB < 3 * Self.limit >> 10)
    }

    @Test("a zstd frame that wants a window of gigabytes is refused")
    func zstdWindow() async throws {
        for descriptor: UInt8 in [0x70, 0xa8, 0xf8] {
            let probe = try await probe(
                "zstd", [0x28, 0xb5, 0x2f, 0xfd, 0, descriptor] + Compressed.zstdZeros + [3, 0, 0, 0])
            #expect(probe.outcomes == ["error badEncoding"])
            #expect(probe.memoryKiB < 32 << 10)
        }
    }

    @Test("more than five stacked encodings are refused", arguments: ["gzip", "br", "zstd", "deflate"])
    func stacked(name: String) async throws {
        for count in [6, 100] {
            let names = Array(repeating: name, count: count).joined(separator: ", ")
            #expect(try await probe(names, Array("hello".utf8)).outcomes == ["error badEncoding"])
        }
    }

    @Test("five layers, each stored, are read")
    func five() async throws {
        let body = (0..<5).reduce(Array("hello".utf8)) { data, _ in Compressed.gzip(data) }
        #expect(try await probe("gzip, gzip, gzip, gzip, gzip", body).lines.first?.hasSuffix(" 200 5") == true)
    }
}
