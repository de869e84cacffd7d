import TestSupport

import FoundationEssentials
import MongoDriver

/// Documents of every supported type, nested a few levels.
struct RandomBSON {
    var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func document(depth: Int = 0) -> BSONDocument {
        var document = BSONDocument()
        for _ in 0..<Int.random(in: 0...8, using: &generator) { document[text()] = value(depth: depth) }
        return document
    }

    mutating func value(depth: Int) -> BSONValue {
        switch Int.random(in: 0...(depth < 4 ? 15 : 13), using: &generator) {
        case 0: .double(Double.random(in: -1e9...1e9, using: &generator))
        case 1: .string(text())
        case 2: .binary(BSONBinary(bytes(), subtype: [0, 2, 4, 5, 128].randomElement(using: &generator) ?? 0))
        case 3: .objectID(ObjectID())
        case 4: .bool(Bool.random(using: &generator))
        case 5: .date(Date(timeIntervalSince1970: Double(milliseconds()) / 1000))
        case 6: .null
        case 7: .regex(BSONRegularExpression(pattern: text(), options: "mi"))
        case 8: .int32(Int32.random(in: .min ... .max, using: &generator))
        case 9: .timestamp(BSONTimestamp(seconds: .random(in: 0 ... .max, using: &generator), increment: 7))
        case 10: .int64(Int64.random(in: .min ... .max, using: &generator))
        case 11:
            .decimal128(
                BSONDecimal128("12.\(UInt32.random(in: 0 ... .max, using: &generator))E+5") ?? .init(high: 0, low: 0))
        case 12: .minKey
        case 13: .maxKey
        case 14: .document(document(depth: depth + 1))
        default: .array((0..<Int.random(in: 0...12, using: &generator)).map { _ in value(depth: depth + 1) })
        }
    }

    private mutating func milliseconds() -> Int64 { Int64.random(in: BSONLimits.dateMilliseconds, using: &generator) }

    private mutating func bytes() -> [UInt8] {
        (0..<Int.random(in: 0...20, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    private mutating func text() -> String {
        let letters: [Character] = ["a", "b", "Z", "é", "勇", "気", "\u{1F600}", "\"", "\\", "\n", " "]
        return String(
            (0..<Int.random(in: 0...12, using: &generator)).compactMap { _ in letters.randomElement(using: &generator) }
        )
    }
}
