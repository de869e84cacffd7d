import Foundation

/// A page as a reader sees its letters, each with the bytes it stands in: character references, escapes of JSON and of URLs decoded, white space
/// of any kind one space, letters decomposed and without case.
struct FoldedText {
    /// One folded letter.
    struct Unit: Hashable {
        var scalar: UInt32
        var start: Int32
        var end: Int32
        /// Whether a tag inside a word stands in front of it.
        var isAfterTag = false
    }

    /// The letters in order.
    private(set) var units: [Unit] = []

    /// What stands between texts that nobody reads as one.
    static let separator: UInt32 = 0x1F
    private static let space: UInt32 = 0x20

    /// All bytes, mark-up as it is written.
    init(_ bytes: some RandomAccessCollection<UInt8>) {
        append(bytes, from: 0, isAfterTag: false)
        finish()
    }

    init(_ text: String) { self.init(Array(text.utf8)) }

    /// The texts of an HTML page, read across tags such as `<b>`.
    init(texts tokens: [MarkupScanner.Token], of bytes: [UInt8]) {
        var isAfterTag = false
        for token in tokens {
            switch token.kind {
            case .text:
                append(bytes[token.range], from: token.range.lowerBound, isAfterTag: isAfterTag)
                isAfterTag = false
            case .comment: isAfterTag = true
            case .start, .end:
                if Self.inline.contains(token.name) {
                    isAfterTag = true
                } else {
                    let scalar = token.name == "br" ? Self.space : Self.separator
                    units.append(
                        Unit(scalar: scalar, start: Int32(token.range.lowerBound), end: Int32(token.range.upperBound)))
                    isAfterTag = true
                }
            case .raw: break
            }
        }
        finish()
    }

    private static let inline: Set<String> = [
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "em", "font", "i", "mark", "s", "small", "span", "strong", "sub",
        "sup", "tt", "u", "wbr",
    ]

    private mutating func append(
        _ bytes: some RandomAccessCollection<UInt8>, from offset: Int, isAfterTag: Bool
    ) {
        var (decoder, iterator, position, isFirst) = (UTF8(), bytes.makeIterator(), offset, true)
        units.reserveCapacity(units.count + bytes.count)
        loop: while true {
            let scalar: Unicode.Scalar
            switch decoder.decode(&iterator) {
            case .scalarValue(let value): scalar = value
            case .error: scalar = "\u{FFFD}"
            case .emptyInput: break loop
            }
            // Pages are valid UTF-8 here; of anything else only places would be wrong, and they stay inside the page.
            let end = min(position + UTF8.width(scalar), offset + bytes.count)
            units.append(
                Unit(
                    scalar: scalar.value, start: Int32(position), end: Int32(end), isAfterTag: isAfterTag && isFirst))
            (position, isFirst) = (end, false)
        }
    }

    private mutating func finish() {
        // Three times: a reference in JSON in an attribute, and one more for what was escaped twice.
        for _ in 0..<3 {
            guard units.contains(where: { [0x26, 0x25, 0x5C].contains($0.scalar) }) else { break }
            var decoder = EscapeDecoder(units)
            guard decoder.run() else { break }
            units = decoder.result
        }
        fold()
    }

    private mutating func fold() {
        var folded: [Unit] = []
        var known: [UInt32: [UInt32]] = [:]
        folded.reserveCapacity(units.count)
        for unit in units {
            if unit.scalar < 0x80, unit.scalar > 0x20 {
                var unit = unit
                if (0x41...0x5A).contains(unit.scalar) { unit.scalar |= 0x20 }
                folded.append(unit)
                continue
            }
            let scalars: [UInt32]
            if let found = known[unit.scalar] {
                scalars = found
            } else {
                scalars = Self.folded(unit.scalar)
                known[unit.scalar] = scalars
            }
            for (index, scalar) in scalars.enumerated() {
                if scalar == Self.space, let last = folded.last, last.scalar == Self.space {
                    folded[folded.count - 1].end = unit.end
                    continue
                }
                var unit = unit
                unit.scalar = scalar
                if index > 0 { unit.isAfterTag = false }
                folded.append(unit)
            }
        }
        units = folded
    }

    private static func folded(_ value: UInt32) -> [UInt32] {
        guard let scalar = Unicode.Scalar(value) else { return [value] }
        if value == separator { return [value] }
        if scalar.properties.isWhitespace { return [space] }
        // Soft hyphens, joiners and their like cannot be seen.
        if scalar.properties.isDefaultIgnorableCodePoint || value < 0x20 { return [] }
        return String(scalar).decomposedStringWithCompatibilityMapping.uppercased().lowercased()
            .decomposedStringWithCompatibilityMapping.unicodeScalars
            .map { $0.properties.isWhitespace ? space : $0.value }
    }
}
