import Testing
import WebStandards

@Suite struct WARCReaderTests {
    private static func record(_ text: String, url: String = "http://a.example/") -> WARCRecord {
        var record = WARCRecord(
            .response, id: "urn:uuid:1", date: "2026-03-09T10:30:15Z", type: "application/http", block: Array(text.utf8)
        )
        record.fields.append("WARC-Target-URI", url)
        return record
    }

    private func events(
        _ bytes: [UInt8], piece: Int = .max, limit: Int = 1 << 20
    ) throws -> [WARCReader.Event] {
        var reader = WARCReader(maximumBlockBytes: limit)
        var events: [WARCReader.Event] = []
        for start in stride(from: 0, to: bytes.count, by: min(piece, max(1, bytes.count))) {
            events += try reader.read(Array(bytes[start..<min(start + min(piece, bytes.count), bytes.count)]))
        }
        try reader.finish()
        return events
    }

    private func blocks(_ events: [WARCReader.Event]) -> [String] {
        events.map { event in
            switch event {
            case .record(let record): String(decoding: record.block, as: UTF8.self)
            case .tooLarge(let bytes): "\(bytes) bytes"
            }
        }
    }

    @Test("what was written is read again, in pieces of any size", arguments: [1, 2, 7, 100, 10_000])
    func roundTrip(piece: Int) throws {
        let bytes = Self.record("one").bytes + Self.record("").bytes + Self.record("WARC/1.1\r\n\r\n").bytes
        let found = try events(bytes, piece: piece)
        #expect(blocks(found) == ["one", "", "WARC/1.1\r\n\r\n"])
        guard case .record(let first) = found[0] else { return }
        #expect(first.kind == .response && first.version == "1.1" && first.date == 1_773_052_215)
        #expect(first.targetURI == "http://a.example/")
    }

    @Test("bare line feeds, folded fields, older versions and angle brackets around the URL are read")
    func variants() throws {
        let text =
            "WARC/0.18\nwarc-type: Response\nWARC-Target-URI: <http://a.example/b>\nX-Note: one\n two\ncontent-length: 2\n\nhi\n\n"
        let found = try events(Array(text.utf8))
        guard case .record(let record) = try #require(found.first) else { return }
        #expect(record.kind == .response && record.targetURI == "http://a.example/b" && record.version == "0.18")
        #expect(record.fields.first("X-Note") == "one two" && blocks(found) == ["hi"])
    }

    @Test("a record larger than allowed is passed over, and the next one read", arguments: [3, 10_000])
    func tooLarge(piece: Int) throws {
        let bytes = Self.record(String(repeating: "x", count: 500)).bytes + Self.record("small").bytes
        #expect(blocks(try events(bytes, piece: piece, limit: 100)) == ["500 bytes", "small"])
    }

    @Test(
        "what is no archive is refused with the record and the reason",
        arguments: [
            ("hello", "WARC/"), ("WARC/1.1\r\nWARC-Type: response\r\n\r\n", "Content-Length"),
            ("WARC/1.1\r\nContent-Length: -1\r\n\r\n", "Content-Length"),
            ("WARC/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "Content-Length"),
            ("WARC/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", "Content-Length"),
            ("WARC/1.1\r\nContent-Length: 5\r\n\r\nab", "ends in the middle"),
            ("WARC/1.1\r\nContent-Length: 5\r\n", "ends in the middle of its head"),
            ("WARC/1.1\r\n" + String(repeating: "a: b\r\n", count: 300) + "Content-Length: 0\r\n\r\n", "fields"),
            ("WARC/1.1\r\nX: " + String(repeating: "y", count: 70_000), "64 KiB"),
        ])
    func refused(_ text: String, _ reason: String) {
        let error = #expect(throws: WARCError.self) { _ = try events(Array(text.utf8)) }
        #expect(error?.description.contains(reason) == true && error?.description.hasPrefix("record 1: ") == true)
    }

    @Test("what is before garbage is handed on, whatever the pieces", arguments: [5, 10_000])
    func brokenOff(piece: Int) throws {
        var reader = WARCReader(maximumBlockBytes: 100)
        let bytes = Self.record("one").bytes + Self.record("two").bytes + Array("garbage".utf8)
        var events: [WARCReader.Event] = []
        for start in stride(from: 0, to: bytes.count, by: piece) {
            do throws(WARCError) {
                events += try reader.read(Array(bytes[start..<min(start + piece, bytes.count)]))
            } catch { break }
        }
        #expect(blocks(events) == ["one", "two"])
        #expect(throws: WARCError.self) { try reader.finish() }
    }

    @Test("a value that would end its line is not written")
    func injection() throws {
        let record = Self.record("", url: "http://a.example/\r\nWARC-Type: request")
        #expect(!String(decoding: record.bytes, as: UTF8.self).contains("request"))
    }

    @Test("check sums are those of RFC 3174 and of the WARC standard's form")
    func digests() {
        #expect(WARCDigest.sha1([]) == "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ")
        #expect(WARCDigest.sha1(Array("abc".utf8)) == "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5")
        let hex = SHA1.hash(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8)).map {
            String($0, radix: 16)
        }
        #expect(hex.joined() == "84983e441c3bd26ebaae4aa1f95129e5e54670f1")
    }
}
