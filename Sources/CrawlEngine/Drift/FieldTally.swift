import CrawlDomain
import WebStandards

/// What the items of the block under way have in one field.
struct FieldTally {
    /// A value and where it was read.
    struct Finding {
        let url: String
        let value: JSONValue
    }

    private(set) var items = 0.0
    private(set) var filled = 0.0
    private(set) var repeated = 0.0
    private(set) var compared = 0.0
    /// Pages without a value, and with one that equals the one before: a few of each.
    private(set) var lacking: [String] = []
    private(set) var alike: [Finding] = []
    private(set) var found: [Finding] = []
    private var last: UInt64?

    /// Pages kept of each kind.
    private static let samples = 5

    /// A tally of nothing.
    init() {}

    /// Goes on with what an earlier run has counted.
    init(_ open: OpenField) {
        (items, filled, repeated, compared) = (open.items, open.filled, open.repeated, open.compared)
        lacking = open.lacking
        alike = open.alike.map(Finding.init)
        found = open.found.map(Finding.init)
    }

    /// Counts a value; returns the bucket of its size, if it has one.
    mutating func count(_ value: JSONValue, url: String) -> Int? {
        items += 1
        guard Self.isFilled(value) else {
            if lacking.count < Self.samples { lacking.append(url) }
            return nil
        }
        filled += 1
        if found.count < Self.samples { found.append(Finding(url: url, value: value)) }
        if let mark = Self.mark(of: value) {
            if let last {
                compared += 1
                if last == mark {
                    repeated += 1
                    if alike.count < Self.samples { alike.append(Finding(url: url, value: value)) }
                }
            }
            last = mark
        }
        return SizeHistogram.bucket(of: value)
    }

    /// Begins the next block.
    mutating func close() {
        (items, filled, repeated, compared) = (0, 0, 0, 0)
        lacking.removeAll(keepingCapacity: true)
        alike.removeAll(keepingCapacity: true)
        found.removeAll(keepingCapacity: true)
    }

    /// As ``Completeness`` sees it, but for objects, which are looked into only there.
    private static func isFilled(_ value: JSONValue) -> Bool {
        switch value {
        case .null: false
        case .string(let text): !text.isEmpty
        case .array(let values): !values.isEmpty
        case .object(let object): object.contains { isFilled($0.value) }
        case .bool, .int, .double: true
        }
    }

    /// A mark by which texts are told apart: FNV-1a of their last bytes, where addresses and titles differ; numbers and truth values repeat
    /// by nature, lists are not compared.
    private static func mark(of value: JSONValue) -> UInt64? {
        guard case .string(let text) = value else { return nil }
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8.suffix(32) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash ^ UInt64(text.utf8.count)
    }
}
