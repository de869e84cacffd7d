/// Refuses XPath expressions that libxml2 would only refuse when they are evaluated, or that could exhaust its stack.
struct XPathGuard {
    /// Characters of a selector.
    static let maximumLength = 16_384
    /// Parentheses and brackets inside each other.
    static let maximumNesting = 64

    private static let functions: Set<String> = [
        "boolean", "ceiling", "concat", "contains", "count", "false", "floor", "id", "lang", "last", "local-name",
        "name",
        "namespace-uri", "normalize-space", "not", "number", "position", "round", "starts-with", "string",
        "string-length",
        "substring", "substring-after", "substring-before", "sum", "translate", "true", HasClassFunction.name,
    ]
    private static let namesBeforeParenthesis: Set<String> = [
        "comment", "node", "processing-instruction", "text", "and", "div", "mod", "or",
    ]

    private let source: String
    private let scalars: [Unicode.Scalar]
    private var offset = 0
    private var nesting = 0

    static func checkLength(of source: String) throws(SelectorError) {
        // There are at most as many characters as bytes.
        guard source.utf8.count <= maximumLength || source.unicodeScalars.count <= maximumLength else {
            throw SelectorError(
                source: String(source.prefix(40)) + "…", offset: maximumLength,
                expected: "at most \(maximumLength) characters")
        }
        var text = source
        if let zero = text.withUTF8({ $0.firstIndex(of: 0) }) {
            let offset = String(decoding: text.utf8.prefix(zero), as: UTF8.self).unicodeScalars.count
            throw SelectorError(source: source, offset: offset, expected: "no NUL character")
        }
    }

    static func check(_ source: String) throws(SelectorError) {
        try checkLength(of: source)
        var xpath = XPathGuard(source: source, scalars: Array(source.unicodeScalars))
        while try xpath.checkNext() {}
    }

    private init(source: String, scalars: [Unicode.Scalar]) {
        self.source = source
        self.scalars = scalars
    }

    private func scalar(at index: Int) -> Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private func expected(_ what: String, at place: Int) -> SelectorError {
        SelectorError(source: source, offset: place, expected: what)
    }

    /// Checks one token; false at the end.
    private mutating func checkNext() throws(SelectorError) -> Bool {
        guard let scalar = scalar(at: offset) else { return false }
        switch scalar {
        case "\"", "'": try skipLiteral(scalar)
        case "(", "[": try open()
        case ")", "]":
            nesting -= 1
            offset += 1
        case "$": throw expected("no variable, none is defined,", at: offset)
        default:
            if Self.startsName(scalar) { try checkName() } else { offset += 1 }
        }
        return true
    }

    private mutating func open() throws(SelectorError) {
        nesting += 1
        guard nesting <= Self.maximumNesting else {
            throw expected("at most \(Self.maximumNesting) parentheses and brackets inside each other", at: offset)
        }
        offset += 1
    }

    private mutating func skipLiteral(_ quote: Unicode.Scalar) throws(SelectorError) {
        let start = offset
        offset += 1
        while let scalar = scalar(at: offset), scalar != quote { offset += 1 }
        guard offset < scalars.count else { throw expected("a closing \(quote) for the one at \(start)", at: offset) }
        offset += 1
    }

    private mutating func checkName() throws(SelectorError) {
        let start = offset
        while let scalar = scalar(at: offset), Self.continuesName(scalar) { offset += 1 }
        if scalar(at: offset) == ":", scalar(at: offset + 1) != ":" {
            throw expected("a name without prefix, such as *[local-name() = 'x'],", at: start)
        }
        var next = offset
        while scalar(at: next)?.properties.isWhitespace ?? false { next += 1 }
        guard scalar(at: next) == "(" else { return }
        var name = String.UnicodeScalarView()
        name.append(contentsOf: scalars[start..<offset])
        guard Self.functions.contains(String(name)) || Self.namesBeforeParenthesis.contains(String(name)) else {
            throw expected("a known function instead of \(String(name))()", at: start)
        }
    }

    private static func startsName(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.value >= 0x80 || UInt8(scalar.value).isASCIILetter
    }

    private static func continuesName(_ scalar: Unicode.Scalar) -> Bool {
        startsName(scalar) || scalar == "-" || scalar == "." || UInt8(scalar.value).isASCIIDigit
    }
}
