// Tests such as `[href^="http" i]`.
extension CSSParser {
    mutating func attributeTest() throws(SelectorError) -> CSSProgram.Test {
        scanner.skipSpace()
        let name = try attributeName()
        scanner.skipSpace()
        if scanner.consume("]") { return .init(kind: .attribute, name: name) }
        var kind = try attributeMatch()
        scanner.skipSpace()
        let value = try text(orElse: "a string or a name")
        scanner.skipSpace()
        let ignoresCase = scanner.consume("i") || scanner.consume("I")
        if !ignoresCase { _ = scanner.consume("s") || scanner.consume("S") }
        scanner.skipSpace()
        try scanner.require("]")
        if ignoresCase { draft.lowercase(value) }
        if !canMatch(kind, value) { kind = .never }
        return .init(kind: kind, ignoresCase: ignoresCase, name: name, literal: value)
    }

    private mutating func attributeMatch() throws(SelectorError) -> CSSProgram.Test.Kind {
        let kind: CSSProgram.Test.Kind?
        switch scanner.current {
        case UInt8(ascii: "="):
            scanner.advance()
            return .equals
        case UInt8(ascii: "~"): kind = .includesWord
        case UInt8(ascii: "|"): kind = .dashPrefix
        case UInt8(ascii: "^"): kind = .prefix
        case UInt8(ascii: "$"): kind = .suffix
        case UInt8(ascii: "*"): kind = .substring
        // cssselect's own: the attribute is missing or differs.
        case UInt8(ascii: "!"): kind = .differs
        default: kind = nil
        }
        guard let kind, scanner.isBefore("=") else { throw scanner.expected("']' or one of = ~= |= ^= $= *= !=") }
        scanner.advance()
        scanner.advance()
        return kind
    }

    /// Selectors Level 4: parts never match an empty text, and a word holds no white space.
    private func canMatch(_ kind: CSSProgram.Test.Kind, _ value: ByteSpan) -> Bool {
        switch kind {
        case .prefix, .suffix, .substring: value.count > 0
        case .includesWord: value.count > 0 && !draft.hasSpace(value)
        default: true
        }
    }
}
