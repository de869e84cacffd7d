import Foundation
import MongoDriver
import Testing

/// The BSON specification's corpus, which PyMongo's source archive holds; `Scripts/setup --tests` fetches it.
enum BSONCorpus {
    static let folder = ProcessInfo.processInfo.environment["ANIMEMATCHER_BSON_CORPUS"]
    static let isPresent = folder != nil || ProcessInfo.processInfo.environment["CI"] != nil
    static let hint: Comment = "NO BSON CORPUS: run the tests with Scripts/test, or set ANIMEMATCHER_BSON_CORPUS"

    /// What this driver refuses on purpose.
    static let refused: Set<String> = ["0x06", "0x0C", "0x0D", "0x0E", "0x0F"]

    static var files: [String] {
        guard let folder else { return [] }
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".json") }
            .sorted()
    }

    struct Suite: Decodable {
        struct Valid: Decodable {
            let description: String
            let canonical_bson: String
            let degenerate_bson: String?
            let canonical_extjson: String
            let relaxed_extjson: String?
            let degenerate_extjson: String?
            let lossy: Bool?
        }
        struct Broken: Decodable {
            let description: String
            let bson: String
        }
        struct Unreadable: Decodable {
            let description: String
            let string: String
        }
        let bson_type: String
        let valid: [Valid]?
        let decodeErrors: [Broken]?
        let parseErrors: [Unreadable]?
    }

    static func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex.utf8)
        return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
        }
    }

    static func json(_ text: String) -> NSDictionary? {
        (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? NSDictionary
    }
}

@Suite(.enabled(if: BSONCorpus.isPresent, BSONCorpus.hint)) struct BSONCorpusTests {
    @Test("the corpus is whole") func whole() { #expect(BSONCorpus.files.count >= 25) }

    @Test(
        "what the corpus calls valid is read and written byte for byte, and so are both forms of its JSON",
        arguments: BSONCorpus.files)
    func valid(file: String) throws {
        let suite = try suite(file)
        for test in suite.valid ?? [] {
            let bytes = BSONCorpus.bytes(test.canonical_bson)
            guard !BSONCorpus.refused.contains(suite.bson_type), !Self.hasRefusedType(test.canonical_extjson) else {
                let error = #expect(throws: MongoError.self) { try BSONDocument(bson: bytes) }
                #expect(error?.code == .unsupportedType, "\(file): \(test.description)")
                continue
            }
            let document = try BSONDocument(bson: bytes)
            #expect(try document.bson() == bytes, "\(file): \(test.description)")
            if let other = test.degenerate_bson {
                #expect(try BSONDocument(bson: BSONCorpus.bytes(other)).bson() == bytes, "\(file): \(test.description)")
            }
            let written = try document.extendedJSON(.canonical)
            // libbson writes 1.2345678921232E+18 with all its digits, which the specification leaves open.
            if suite.bson_type == "0x01" {
                guard test.lossy != true else { continue }
                #expect(try BSONDocument(extendedJSON: written).bson() == bytes, "\(file): \(test.description)")
            } else {
                #expect(
                    BSONCorpus.json(written) == BSONCorpus.json(test.canonical_extjson), "\(file): \(test.description)")
            }
            if let relaxed = test.relaxed_extjson {
                #expect(
                    BSONCorpus.json(try document.extendedJSON(.relaxed)) == BSONCorpus.json(relaxed),
                    "\(file): \(test.description)")
                #expect(throws: Never.self, "\(file): \(test.description)") { try BSONDocument(extendedJSON: relaxed) }
            }
            guard test.lossy != true else { continue }
            for text in [test.canonical_extjson, test.degenerate_extjson].compactMap(\.self) {
                #expect(
                    try BSONDocument(extendedJSON: text).bson() == bytes, "\(file): \(test.description)")
            }
        }
    }

    @Test("what the corpus calls broken is refused", arguments: BSONCorpus.files)
    func broken(file: String) throws {
        for test in try suite(file).decodeErrors ?? [] {
            #expect(throws: MongoError.self, "\(file): \(test.description)") {
                try BSONDocument(bson: BSONCorpus.bytes(test.bson))
            }
        }
    }

    @Test("what the corpus calls no extended JSON is refused", arguments: BSONCorpus.files)
    func unreadable(file: String) throws {
        let suite = try suite(file)
        for test in suite.parseErrors ?? [] {
            if test.string == Self.olderDate {
                let date = try BSONDocument(extendedJSON: test.string)["a"]?.dateValue
                #expect(date.map { ($0.timeIntervalSince1970 * 1_000).rounded() } == 42)
                continue
            }
            #expect(throws: MongoError.self, "\(file): \(test.description): \(test.string.prefix(80))") {
                if suite.bson_type == "0x13" {
                    guard BSONDecimal128(test.string) != nil else { throw MongoError(.invalidBSON, "no decimal") }
                } else {
                    _ = try BSONDocument(extendedJSON: test.string)
                }
            }
        }
    }

    /// libbson reads this form of version 1, too.
    private static let olderDate = #"{"a" : {"$date" : 42}}"#

    private static func hasRefusedType(_ json: String) -> Bool {
        ["$code", "$symbol", "$dbPointer", "$undefined"].contains { json.contains("\"\($0)\"") }
    }

    private func suite(_ file: String) throws -> BSONCorpus.Suite {
        let folder = try #require(BSONCorpus.folder)
        return try JSONDecoder().decode(
            BSONCorpus.Suite.self, from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(file)")))
    }
}
