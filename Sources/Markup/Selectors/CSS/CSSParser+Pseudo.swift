// Pseudo-classes and pseudo-elements.
extension CSSParser {
    private static let legacyPseudoElements: Set<String> = ["after", "before", "first-letter", "first-line"]

    /// Whether a pseudo-element starts here: two colons, or one before a name from CSS 2.
    var atPseudoElement: Bool {
        guard scanner.current == ":" else { return false }
        if scanner.following == ":" { return true }
        var ahead = scanner
        ahead.advance()
        return ahead.startsIdentifier && Self.legacyPseudoElements.contains(ahead.name().asciiLowercased)
    }

    mutating func pseudoElement() throws(SelectorError) -> CSSComplexSelector.PseudoElement? {
        guard atPseudoElement else { return nil }
        let place = scanner.offset
        guard nesting == 0 else { throw scanner.expected("no pseudo-element inside a function", at: place) }
        scanner.advance()
        _ = scanner.consume(":")
        let name = try scanner.identifier("a pseudo-element").asciiLowercased
        if name == "text" { return .text }
        guard name == "attr", scanner.consume("(") else { throw scanner.expected("::text or ::attr(name)", at: place) }
        scanner.skipSpace()
        let attribute = cased(try scanner.identifier("an attribute name"))
        scanner.skipSpace()
        try scanner.require(")")
        return .attribute(attribute)
    }

    mutating func pseudoClass() throws(SelectorError) -> CSSTest {
        let place = scanner.offset
        scanner.advance()
        let name = try scanner.identifier("a pseudo-class").asciiLowercased
        guard scanner.consume("(") else { return try plainPseudoClass(name, at: place) }
        guard nesting < Self.maximumNesting else {
            throw scanner.expected("at most \(Self.maximumNesting) functions inside each other", at: place)
        }
        nesting += 1
        defer { nesting -= 1 }
        scanner.skipSpace()
        let test = try function(name, at: place)
        scanner.skipSpace()
        try scanner.require(")")
        return test
    }

    private func plainPseudoClass(_ name: String, at place: Int) throws(SelectorError) -> CSSTest {
        let first = ArithmeticProgression(step: 0, start: 1)
        switch name {
        case "root": return .root
        case "empty": return .empty
        case "first-child": return .position(first, from: .start, among: .all)
        case "last-child": return .position(first, from: .end, among: .all)
        case "first-of-type": return .position(first, from: .start, among: .sameName)
        case "last-of-type": return .position(first, from: .end, among: .sameName)
        case "only-child": return .only(.all)
        case "only-of-type": return .only(.sameName)
        case "scope": throw scanner.expected(":scope at the start of a selector only", at: place)
        default:
            guard let state = CSSTest.State(rawValue: name) else {
                throw scanner.expected("a known pseudo-class instead of :\(name)", at: place)
            }
            return .state(state)
        }
    }

    private mutating func function(_ name: String, at place: Int) throws(SelectorError) -> CSSTest {
        switch name {
        case "nth-child": return .position(try progression(), from: .start, among: .all)
        case "nth-last-child": return .position(try progression(), from: .end, among: .all)
        case "nth-of-type": return .position(try progression(), from: .start, among: .sameName)
        case "nth-last-of-type": return .position(try progression(), from: .end, among: .sameName)
        case "contains": return .contains(try stringOrName())
        case "lang": return .language(try languages())
        case "is", "where", "matches": return .any(try compounds(inside: name))
        case "not": return .none(try compounds(inside: name))
        case "has": return try has()
        default: throw scanner.expected("a known pseudo-class instead of :\(name)()", at: place)
        }
    }

    private mutating func progression() throws(SelectorError) -> ArithmeticProgression {
        let place = scanner.offset
        guard let progression = ArithmeticProgression(scanner.rawArgument()) else {
            throw scanner.expected("a position such as 3, odd or 2n+1", at: place)
        }
        return progression
    }

    private mutating func stringOrName() throws(SelectorError) -> String {
        if scanner.current == "\"" || scanner.current == "'" { return try scanner.string() }
        return try scanner.identifier("a string or a name")
    }

    private mutating func languages() throws(SelectorError) -> [String] {
        var languages: [String] = []
        repeat {
            scanner.skipSpace()
            languages.append(try stringOrName())
            scanner.skipSpace()
        } while scanner.consume(",")
        return languages
    }

    private mutating func compounds(inside function: String) throws(SelectorError) -> [CSSCompound] {
        var found: [CSSCompound] = []
        repeat {
            scanner.skipSpace()
            let place = scanner.offset
            let compound = try compoundSelector()
            if function == "not", compound.containsNegation {
                throw scanner.expected("no :not() inside :not()", at: place)
            }
            if atPseudoElement { throw scanner.expected("no pseudo-element inside :\(function)()") }
            found.append(compound)
            scanner.skipSpace()
        } while scanner.consume(",")
        return found
    }

    private mutating func has() throws(SelectorError) -> CSSTest {
        var combinators: [CSSComplexSelector.Combinator] = []
        var selectors: [CSSComplexSelector] = []
        repeat {
            scanner.skipSpace()
            combinators.append(combinator() ?? .descendant)
            scanner.skipSpace()
            selectors.append(try complexSelector())
        } while scanner.consume(",")
        return .has(combinators, selectors)
    }
}

extension CSSCompound {
    fileprivate var containsNegation: Bool {
        tests.contains { if case .none = $0 { true } else { false } }
    }
}
