import WebStandards

/// Puts other names in the place of names, wherever and however they are written: as text, percent-encoded, as HTML and in JSON.
///
/// Names are found as whole words in the ``FoldedText`` of a page. A name that the page also uses as an ordinary word ("anime") is replaced only
/// where it stands as a name: in an address or value of a person, alone in its text, or before "'s".
struct NameReplacer {
    private struct Spelling {
        let scalars: [UInt32]
        let name: String
        let replacement: String
        let isCommon: Bool
    }

    private struct Match {
        let spelling: Spelling
        let range: Range<Int>
    }

    /// By their first two letters, the longest first.
    private var spellings: [UInt64: [Spelling]] = [:]

    /// - Parameters:
    ///   - names: Each with what stands for it.
    ///   - common: Those that are also ordinary words here, in small letters.
    init(_ names: [(name: String, replacement: String)], common: Set<String>) {
        for (name, replacement) in names {
            let scalars = FoldedText(name.trimmed).units.map(\.scalar)
            guard !scalars.isEmpty else { continue }
            spellings[Self.key(scalars[0], scalars.count > 1 ? scalars[1] : 0), default: []].append(
                Spelling(
                    scalars: scalars, name: name, replacement: replacement,
                    isCommon: common.contains(name.lowercased())))
        }
        for (key, list) in spellings {
            spellings[key] = list.sorted { ($1.scalars.count, $0.name) < ($0.scalars.count, $1.name) }
        }
    }

    /// A space in an address may be a plus sign.
    private static func key(_ first: UInt32, _ second: UInt32) -> UInt64 {
        UInt64(first == 0x2B ? 0x20 : first) << 32 | UInt64(second == 0x2B ? 0x20 : second)
    }

    /// The bytes with all names replaced.
    ///
    /// - Parameter isHTML: Whether names are also looked for across tags.
    func replacing(in bytes: [UInt8], isHTML: Bool = false) -> [UInt8] {
        guard !spellings.isEmpty else { return bytes }
        let result = replacing(FoldedText(bytes), in: bytes)
        return isHTML
            ? replacing(FoldedText(texts: MarkupScanner.tokens(of: result), of: result), in: result) : result
    }

    func replacing(in text: String) -> String { String(decoding: replacing(in: Array(text.utf8)), as: UTF8.self) }

    private func replacing(_ text: FoldedText, in bytes: [UInt8]) -> [UInt8] {
        var (edits, index) = (ByteEdits(), 0)
        let units = text.units
        while index < units.count {
            guard let match = match(at: index, in: units) else {
                index += 1
                continue
            }
            // Tags inside a name stay, so that no other one is left open.
            var start = match.range.lowerBound
            for place in match.range.dropFirst() where units[place].isAfterTag {
                edits.replace(Self.bytes(start..<place, units), with: start == index ? match.spelling.replacement : "")
                start = place
            }
            edits.replace(
                Self.bytes(start..<match.range.upperBound, units),
                with: start == index ? match.spelling.replacement : "")
            index = match.range.upperBound
        }
        return edits.applied(to: bytes)
    }

    private static func bytes(_ range: Range<Int>, _ units: [FoldedText.Unit]) -> Range<Int> {
        Int(units[range.lowerBound].start)..<Int(units[range.upperBound - 1].end)
    }

    private func match(at index: Int, in units: [FoldedText.Unit]) -> Match? {
        candidate(at: index, in: units) { spelling, range in
            Self.isBoundary(range.lowerBound, in: units) && Self.isBoundary(range.upperBound, in: units)
                && (!spelling.isCommon || Self.isPerson(range, units))
        }
    }

    private func candidate(
        at index: Int, in units: [FoldedText.Unit], where condition: (Spelling, Range<Int>) -> Bool
    ) -> Match? {
        let next = index + 1 < units.count ? units[index + 1].scalar : 0
        for key in [Self.key(units[index].scalar, next), Self.key(units[index].scalar, 0)] {
            for spelling in spellings[key] ?? [] {
                let range = index..<index + spelling.scalars.count
                guard range.upperBound <= units.count,
                    zip(spelling.scalars, units[range]).allSatisfy({
                        $0 == $1.scalar || ($0 == 0x20 && $1.scalar == 0x2B)
                    })
                else { continue }
                if condition(spelling, range) { return Match(spelling: spelling, range: range) }
            }
        }
        return nil
    }

    /// Whether no word goes on across a place.
    private static func isBoundary(_ place: Int, in units: [FoldedText.Unit]) -> Bool {
        guard place > 0, place < units.count, !units[place].isAfterTag else { return true }
        if isMark(units[place].scalar) { return false }
        return !(isWord(units[place - 1].scalar) && isWord(units[place].scalar))
    }

    /// Whether the place is one for a person's name.
    private static func isPerson(_ range: Range<Int>, _ units: [FoldedText.Unit]) -> Bool {
        let before = text(units[max(0, range.lowerBound - 48)..<range.lowerBound])
        if before.hasSuffix("/"),
            PersonAddress.segments.contains(where: { before.hasSuffix("/\($0)/") }) || before.hasSuffix("/@")
        {
            return true
        }
        let key = before.reversed().drop { "\"' :=\\".contains($0) }.prefix { $0.isLetter || $0 == "_" }.reversed()
        if before.last.map({ "\"'=".contains($0) }) == true, PersonAddress.names.contains(String(key)) { return true }
        let after = text(units[range.upperBound..<min(range.upperBound + 3, units.count)])
        return after.hasPrefix("'s ") || after.hasPrefix("\u{2019}s ")
    }

    private static func text(_ units: ArraySlice<FoldedText.Unit>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: units.compactMap { Unicode.Scalar($0.scalar) })
        return String(text)
    }

    /// Names that are still there, as parts of words or as ordinary words, and how often.
    func leftovers(in bytes: [UInt8]) -> [(name: String, count: Int)] {
        count(FoldedText(bytes)) { _, _, _ in true }
    }

    /// Names that are still there as whole words, and are no ordinary ones.
    func names(in text: String) -> [String] {
        count(FoldedText(text)) { spelling, range, units in
            !spelling.isCommon && Self.isBoundary(range.lowerBound, in: units)
                && Self.isBoundary(range.upperBound, in: units)
        }.map(\.name)
    }

    private func count(
        _ text: FoldedText, where condition: (Spelling, Range<Int>, [FoldedText.Unit]) -> Bool
    ) -> [(name: String, count: Int)] {
        guard !spellings.isEmpty else { return [] }
        var counts: [String: Int] = [:]
        let units = text.units
        for index in units.indices {
            if let match = candidate(at: index, in: units, where: { condition($0, $1, units) }) {
                counts[match.spelling.name, default: 0] += 1
            }
        }
        return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    static func isCommon(_ name: String) -> Bool {
        name.utf8.count < 3 || name.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func isMark(_ scalar: UInt32) -> Bool { (0x300...0x36F).contains(scalar) }

    /// Of scripts that put spaces between words.
    private static func isWord(_ scalar: UInt32) -> Bool {
        if scalar < 0x80 { return (0x30...0x39).contains(scalar) || (0x61...0x7A).contains(scalar) }
        return isMark(scalar)
            || ((0xAA...0x52F).contains(scalar) || (0x1E00...0x1FFF).contains(scalar))
                && Unicode.Scalar(scalar)?.properties.isAlphabetic == true
    }
}
