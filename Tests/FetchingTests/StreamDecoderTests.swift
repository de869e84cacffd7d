import Fetching
import Foundation
import TestSupport
import Testing

@Suite struct StreamDecoderTests {
    private func decode(_ bytes: [UInt8], _ coding: ContentCoding, piece: Int) throws -> [UInt8] {
        let decoder = try #require(StreamDecoder(coding))
        var (rest, decoded) = (bytes[...], [UInt8]())
        while let more = try decoder.next({
            let next = rest.prefix(piece)
            rest = rest.dropFirst(piece)
            return next.isEmpty ? nil : Array(next)
        }) {
            #expect(more.count <= StreamDecoder.pieceBytes)
            decoded += more
        }
        return decoded
    }

    @Test("gzip is undone however it is cut, member after member", arguments: [1, 7, 1 << 20])
    func gzip(piece: Int) throws {
        let text = Array(String(repeating: "Star Ferry\n", count: 200).utf8)
        let file = GzipFile.stored(text) + GzipFile.stored(Array("end".utf8))
        #expect(try decode(file, .gzip, piece: piece) == text + Array("end".utf8))
        #expect(try decode(file + [0, 0, 0], .gzip, piece: piece) == text + Array("end".utf8))
    }

    @Test("a frame of zstd without a check sum is undone to its last byte", arguments: [1, 7, 1 << 20])
    func unchecked(piece: Int) throws {
        // Blocks of one byte repeated, the last of which begins in one piece of the output and ends in the next.
        let counts = [100 << 10, 128 << 10, 128 << 10]
        var frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58]
        for (index, count) in counts.enumerated() {
            let head = count << 3 | 1 << 1 | (index == counts.count - 1 ? 1 : 0)
            frame += [UInt8(head & 0xFF), UInt8(head >> 8 & 0xFF), UInt8(head >> 16), UInt8(index)]
        }
        let expected = counts.indices.flatMap { [UInt8](repeating: UInt8($0), count: counts[$0]) }
        #expect(try decode(frame, .zstd, piece: piece) == expected)
        #expect(try decode(frame + frame, .zstd, piece: piece) == expected + expected)
        #expect(throws: FetchError.self) { try decode(Array(frame.dropLast()), .zstd, piece: piece) }
    }

    @Test("what is cut off or broken is an error, after what could be read")
    func broken() {
        let file = GzipFile.stored(Array(repeating: 7, count: 5_000))
        #expect(throws: FetchError.self) { try decode(Array(file.dropLast(9)), .gzip, piece: 64) }
        var wrong = file
        wrong[wrong.count - 6] ^= 1
        #expect(throws: FetchError.self) { try decode(wrong, .gzip, piece: 64) }
        #expect(throws: FetchError.self) { try decode([0x28, 0xB5, 0x2F, 0xFD, 9], .zstd, piece: 64) }
        #expect(throws: FetchError.self) { try decode([], .gzip, piece: 64) }
    }

    @Test("a bomb comes in small pieces")
    func bomb() throws {
        let decoder = try #require(StreamDecoder(.gzip))
        var (file, count): ([UInt8]?, Int) = (GzipFile.zeros(64 << 20), 0)
        while count < 32 << 20,
            let piece = try decoder.next({
                defer { file = nil }; return file
            })
        {
            #expect(piece.count <= StreamDecoder.pieceBytes)
            count += piece.count
        }
        #expect(count >= 32 << 20)
    }
}
