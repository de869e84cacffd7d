/// The parts of a regular expression.
indirect enum PatternSyntax {
    case scalar(Unicode.Scalar)
    case set(ScalarSet)
    case any
    case start, end
    case wordBoundary(Bool)
    case group(Int?, PatternSyntax)
    case sequence([PatternSyntax])
    case alternatives([PatternSyntax])
    case repeated(PatternSyntax, ClosedRange<Int>, isLazy: Bool)
}

/// A set of characters: a class of a regular expression.
struct ScalarSet: Sendable, Hashable {
    enum Named: Sendable, Hashable { case digit, word, space, notDigit, notWord, notSpace }

    var ranges: [ClosedRange<UInt32>] = []
    var named: [Named] = []
    var isNegated = false

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let found = ranges.contains { $0.contains(scalar.value) } || named.contains { $0.contains(scalar) }
        return found != isNegated
    }
}

extension ScalarSet.Named {
    func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .digit: scalar.isASCIIDigit
        case .notDigit: !scalar.isASCIIDigit
        case .word: scalar.isWord
        case .notWord: !scalar.isWord
        case .space: scalar.properties.isWhitespace
        case .notSpace: !scalar.properties.isWhitespace
        }
    }
}

extension Unicode.Scalar {
    var isASCIIDigit: Bool { (0x30...0x39).contains(value) }

    var isWord: Bool {
        if value < 0x80 { return isASCIIDigit || value == 0x5F || (0x61...0x7A).contains(value | 0x20) }
        return properties.isAlphabetic || properties.numericType != nil
    }

    /// The other case of a letter, where that is one character.
    var caseVariants: [Unicode.Scalar] {
        let forms = [properties.lowercaseMapping, properties.uppercaseMapping].compactMap {
            $0.unicodeScalars.count == 1 ? $0.unicodeScalars.first : nil
        }
        return [self] + forms.filter { $0 != self }
    }
}
