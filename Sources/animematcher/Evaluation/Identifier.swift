/// The number or name that a file gives a person or an item.
enum Identifier: Hashable, Comparable, CustomStringConvertible {
    case number(Int)
    case text(String)

    /// Reads a field; nil for an empty one.
    init?(_ bytes: some BidirectionalCollection<UInt8>) {
        let text = bytes.drop { $0 <= 0x20 }
        guard let last = text.lastIndex(where: { $0 > 0x20 }) else { return nil }
        let trimmed = text[...last]
        self = Self.number(in: trimmed).map(Identifier.number) ?? .text(String(decoding: trimmed, as: UTF8.self))
    }

    /// A number as it is usually written: "007" is a name.
    private static func number(in bytes: some Collection<UInt8>) -> Int? {
        let isNegative = bytes.first == UInt8(ascii: "-")
        let digits = bytes.dropFirst(isNegative ? 1 : 0)
        guard let first = digits.first, digits.count <= 18, first != UInt8(ascii: "0") || bytes.count == 1 else {
            return nil
        }
        var value = 0
        for digit in digits {
            guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return isNegative ? -value : value
    }

    var description: String {
        switch self {
        case .number(let number): String(number)
        case .text(let text): text
        }
    }

    /// Numbers first, by value, then names by their bytes.
    static func < (left: Identifier, right: Identifier) -> Bool {
        switch (left, right) {
        case (.number(let a), .number(let b)): a < b
        case (.number, .text): true
        case (.text, .number): false
        case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
        }
    }
}

/// Gives identifiers numbers in the order of first sight.
struct IdentifierTable {
    private(set) var identifiers: [Identifier] = []
    private var numbers: [Identifier: Int32] = [:]

    var count: Int { identifiers.count }

    subscript(identifier: Identifier) -> Int32? { numbers[identifier] }

    mutating func number(of identifier: Identifier) -> Int32 {
        if let known = numbers[identifier] { return known }
        let number = Int32(identifiers.count)
        identifiers.append(identifier)
        numbers[identifier] = number
        return number
    }

    /// Numbers all anew.
    ///
    /// - Parameter precedes: Whether the first of two old numbers comes before the second.
    /// - Returns: Old number → new number.
    mutating func renumber(by precedes: (Int32, Int32) -> Bool) -> [Int32] {
        let order = (0..<Int32(count)).sorted(by: precedes)
        let old = identifiers
        identifiers = order.map { old[Int($0)] }
        var moved = Array(repeating: Int32(0), count: count)
        for (place, number) in order.enumerated() { moved[Int(number)] = Int32(place) }
        numbers = numbers.mapValues { moved[Int($0)] }
        return moved
    }
}
