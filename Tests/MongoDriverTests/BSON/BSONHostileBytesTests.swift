import FoundationEssentials
import MongoDriver
import TestSupport
import Testing

@Suite struct BSONHostileBytesTests {
    private func code(_ bytes: [UInt8]) -> MongoError.Code? {
        do throws(MongoError) {
            _ = try BSONDocument(bson: bytes)
            return nil
        } catch { return error.code }
    }

    @Test("changed, cut and grown documents are read or refused, never a trap", arguments: 0..<200)
    func mutations(seed: UInt64) throws {
        var random = RandomBSON(seed: seed)
        let original = try random.document().bson()
        for _ in 0..<200 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &random.generator) { mutate(&bytes, &random.generator) }
            guard let document = try? BSONDocument(bson: bytes) else { continue }
            // What was accepted is a document that can be written and read again.
            #expect(try BSONDocument(bson: document.bson()) == document || (try document.bson()).count <= bytes.count)
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ generator: inout SplitMix64) {
        guard let place = bytes.indices.randomElement(using: &generator) else { return }
        switch Int.random(in: 0...4, using: &generator) {
        case 0: bytes[place] = .random(in: 0...255, using: &generator)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
        case 2: bytes.removeSubrange(place...)
        case 3: bytes.insert(.random(in: 0...255, using: &generator), at: place)
        default:
            let extreme: [Int32] = [.min, -1, 0, 1, 4, .max]
            let number = extreme.randomElement(using: &generator) ?? 0
            for (offset, byte) in withUnsafeBytes(of: number, Array.init).enumerated()
            where place + offset < bytes.count {
                bytes[place + offset] = byte
            }
        }
    }

    @Test("every cut of a document is refused")
    func truncation() throws {
        let bytes = try (["a": ["b": [1, "two", 3.0]], "c": .binary(BSONBinary([1, 2, 3]))] as BSONDocument).bson()
        for length in 0..<bytes.count { #expect(code(Array(bytes[..<length])) == .invalidBSON) }
    }

    @Test(
        "malformed bytes are refused",
        arguments: [
            "", "00", "0500000000ff", "04000000", "0500000001", "ffffffff00", "0600000000",
            "0800000010610000", "0d000000026100000000000000", "0e00000002610001000000ff00",
            "0e00000002610002000000ff0000", "09000000086100020000", "0c0000000861000200",
            "0d000000056100ffffffff0000", "0c0000000361000600000000", "080000000a616200",
            "0900000002610000", "13000000056100060000000205000000010200",
            "0b0000000a61000a610000",
        ])
    func malformed(hex: String) {
        let digits = Array(hex.utf8)
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
        }
        #expect(code(bytes) == .invalidBSON)
    }

    @Test("refused types are named, with their place")
    func unsupported() throws {
        // {a: {b: Code("f")}}
        let inner: [UInt8] = [14, 0, 0, 0, 0x0D, 0x62, 0, 2, 0, 0, 0, 0x66, 0, 0]
        let bytes = [22, 0, 0, 0, 0x03, 0x61, 0] + inner + [0]
        let error = #expect(throws: MongoError.self) { try BSONDocument(bson: bytes) }
        #expect(error?.code == .unsupportedType)
        #expect(error?.fieldPath == "a.b")
        #expect(error?.message.contains("JavaScript code") == true)
    }

    @Test("a hundred levels are the limit both ways")
    func depth() throws {
        func nested(_ levels: Int) -> BSONDocument {
            (1..<levels).reduce([:]) { document, _ in ["a": .document(document)] }
        }
        #expect(try BSONDocument(bson: nested(100).bson()) == nested(100))
        let error = #expect(throws: MongoError.self) { try nested(101).bson() }
        #expect(error?.code == .limitExceeded)
        var bytes: [UInt8] = [5, 0, 0, 0, 0]
        for _ in 0..<5000 {
            let length = Int32(bytes.count + 8)
            bytes = withUnsafeBytes(of: length.littleEndian, Array.init) + [0x03, 0x61, 0] + bytes + [0]
        }
        #expect(code(bytes) == .limitExceeded)
    }

    @Test("sixteen megabytes are the limit both ways")
    func size() throws {
        let large: BSONDocument = ["a": .binary(BSONBinary([UInt8](repeating: 0, count: 17 << 20)))]
        #expect(throws: MongoError.self) { try large.bson() }
        #expect(code([UInt8](repeating: 0, count: 17 << 20)) == .limitExceeded)
    }

    @Test("a NUL byte in a key or pattern is refused, in a string it is kept")
    func zeroBytes() throws {
        #expect(throws: MongoError.self) { try (["a\0b": 1] as BSONDocument).bson() }
        let pattern: BSONDocument = ["a": .regex(BSONRegularExpression(pattern: "a\0"))]
        #expect(throws: MongoError.self) { try pattern.bson() }
        let text: BSONDocument = ["a": "x\0y"]
        #expect(try BSONDocument(bson: text.bson()) == text)
    }

    @Test("dates that a Double of seconds would change are refused", arguments: [1e15, -1e15, .infinity, .nan, 3e12])
    func dates(seconds: Double) {
        let document: BSONDocument = ["a": .date(Date(timeIntervalSince1970: seconds))]
        #expect(throws: MongoError.self) { try document.bson() }
    }
}
