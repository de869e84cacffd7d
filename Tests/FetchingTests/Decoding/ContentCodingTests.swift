import Fetching
import Testing

@Suite("ContentCoding")
struct ContentCodingTests {
    private static let hello = Array("hello".utf8)

    @Test(
        "gzip members follow one another, and padding behind them is ignored",
        arguments: [[], [0, 0, 0, 0], [1, 2, 3]] as [[UInt8]])
    func members(padding: [UInt8]) throws {
        let data = Compressed.gzip(Self.hello) + Compressed.gzip([]) + Compressed.gzip(Array(" you".utf8)) + padding
        #expect(try ContentCoding.gzip.decode(data, limit: 100) == Array("hello you".utf8))
    }

    @Test("the length that gzip states is only a guess")
    func lyingLength() throws {
        let zeros = (0..<16).flatMap { _ in Compressed.deflatedZeros }
        // The stated length is that of an empty second member.
        let end: [UInt8] = [3, 0]
        let sum: [UInt8] = [0x38, 0xd6, 0x8d, 0xa7]
        #expect(throws: FetchError.self) {
            _ = try ContentCoding.gzip.decode(Compressed.gzipHeader + zeros + end + sum + [0, 0, 0, 0], limit: 1 << 20)
        }
        let big = [UInt8](repeating: 7, count: 60_000)
        #expect(try ContentCoding.gzip.decode(Compressed.gzip(big) + Compressed.gzip([]), limit: 1 << 20) == big)
    }

    @Test("deflate without the zlib wrapping is read too")
    func bareDeflate() throws {
        let wrapped = Compressed.zlib(Self.hello)
        #expect(try ContentCoding.deflate.decode(Array(wrapped.dropFirst(2).dropLast(4)), limit: 100) == Self.hello)
    }

    @Test(
        "the limit is exact",
        arguments: [
            (ContentCoding.gzip, Compressed.gzip(hello)), (.deflate, Compressed.zlib(hello)),
            (.brotli, Compressed.brotliHello),
            (.zstd, Compressed.zstdHello),
        ])
    func limit(coding: ContentCoding, data: [UInt8]) throws {
        #expect(try coding.decode(data, limit: 5) == Self.hello)
        for limit in [4, 0] {
            let error = #expect(throws: FetchError.self) { _ = try coding.decode(data, limit: limit) }
            #expect(error?.code == .bodyTooLarge)
        }
    }

    @Test("no prefix of compressed data passes for the whole", arguments: ContentCoding.allCases)
    func prefixes(coding: ContentCoding) {
        let data =
            switch coding {
            case .gzip: Compressed.gzip(Self.hello)
            case .deflate: Compressed.zlib(Self.hello)
            case .brotli: Compressed.brotliHello
            case .zstd: Compressed.zstdHello
            }
        for count in 0..<data.count {
            let error = #expect(throws: FetchError.self) {
                _ = try coding.decode(Array(data.prefix(count)), limit: 100)
            }
            #expect(error?.code == .badEncoding)
        }
    }

    @Test("damaged data never traps", arguments: ContentCoding.allCases)
    func damaged(coding: ContentCoding) {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            var data =
                [
                    Compressed.gzip(Self.hello), Compressed.zlib(Self.hello), Compressed.brotliHello,
                    Compressed.zstdHello,
                ]
                .randomElement(using: &random) ?? []
            for _ in 0..<3 {
                data[Int.random(in: 0..<data.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            let decoded = try? coding.decode(data, limit: 10_000)
            #expect((decoded?.count ?? 0) <= 10_000)
        }
    }
}
