/// Normalisation form C of text that UTS #46 has mapped, where characters with a singleton decomposition do not occur.
///
/// Source: Unicode Standard, sections 3.11 and 3.12; UAX #15.
struct CanonicalComposition: Sendable {
    static let table = CanonicalComposition(IDNATables.compositions)

    private struct Pair: Hashable {
        let first: Unicode.Scalar
        let second: Unicode.Scalar
    }

    private var composites: [Pair: Unicode.Scalar] = [:]
    private var parts: [Unicode.Scalar: Pair] = [:]

    private init(_ packed: StaticString) {
        var numbers = PackedNumbers(packed)
        var (composite, first): (UInt32, Int32) = (0, 0)
        while !numbers.isAtEnd {
            composite += numbers.unsigned()
            first += numbers.signed()
            guard let whole = Unicode.Scalar(composite), let head = Unicode.Scalar(UInt32(first)),
                let tail = Unicode.Scalar(numbers.unsigned())
            else { continue }
            let pair = Pair(first: head, second: tail)
            composites[pair] = whole
            parts[whole] = pair
        }
    }

    /// The composed form of `text`.
    func normalise(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        if text.allSatisfy({ $0.value < 0x300 }) { return text }
        var decomposed: [Unicode.Scalar] = []
        for scalar in text { decompose(scalar, into: &decomposed) }
        Self.sortMarks(&decomposed)
        return compose(decomposed)
    }

    private func decompose(_ scalar: Unicode.Scalar, into output: inout [Unicode.Scalar]) {
        if let syllable = Hangul.parts(of: scalar) {
            output.append(contentsOf: syllable)
        } else if let pair = parts[scalar] {
            decompose(pair.first, into: &output)
            output.append(pair.second)
        } else {
            output.append(scalar)
        }
    }

    /// Puts every run of combining marks into the order of their classes.
    private static func sortMarks(_ text: inout [Unicode.Scalar]) {
        var start = 0
        while start < text.count {
            var end = start
            while end < text.count, combiningClass(text[end]) > 0 { end += 1 }
            if end > start + 1 {
                let sorted = text[start..<end].enumerated()
                    .sorted { (combiningClass($0.element), $0.offset) < (combiningClass($1.element), $1.offset) }
                text.replaceSubrange(start..<end, with: sorted.map(\.element))
            }
            start = max(end, start + 1)
        }
    }

    private func compose(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var output: [Unicode.Scalar] = []
        var starter: Int?
        var lastClass: UInt8?
        for scalar in text {
            let scalarClass = Self.combiningClass(scalar)
            let isBlocked = lastClass.map { $0 == 0 || $0 >= scalarClass } ?? false
            if let place = starter, !isBlocked, let whole = composite(output[place], scalar) {
                output[place] = whole
                continue
            }
            if scalarClass == 0 {
                starter = output.count
                lastClass = nil
            } else {
                lastClass = scalarClass
            }
            output.append(scalar)
        }
        return output
    }

    private func composite(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
        Hangul.syllable(first, second) ?? composites[Pair(first: first, second: second)]
    }

    private static func combiningClass(_ scalar: Unicode.Scalar) -> UInt8 {
        scalar.value < 0x300 ? 0 : scalar.properties.canonicalCombiningClass.rawValue
    }
}

/// Korean syllables are composed by arithmetic. Source: Unicode Standard, section 3.12.
private enum Hangul {
    private static let (syllables, leads, vowels, tails): (UInt32, UInt32, UInt32, UInt32) = (
        0xAC00, 0x1100, 0x1161, 0x11A7
    )

    static func parts(of scalar: Unicode.Scalar) -> [Unicode.Scalar]? {
        guard (syllables..<0xD7A4).contains(scalar.value) else { return nil }
        let index = scalar.value - syllables
        let tail = index % 28
        let values = [leads + index / 588, vowels + index % 588 / 28] + (tail > 0 ? [tails + tail] : [])
        return values.compactMap(Unicode.Scalar.init)
    }

    static func syllable(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
        if (leads..<leads + 19).contains(first.value), (vowels..<vowels + 21).contains(second.value) {
            return Unicode.Scalar(syllables + (first.value - leads) * 588 + (second.value - vowels) * 28)
        }
        guard (syllables..<0xD7A4).contains(first.value), (first.value - syllables) % 28 == 0,
            (tails + 1..<tails + 28).contains(second.value)
        else { return nil }
        return Unicode.Scalar(first.value + second.value - tails)
    }
}
