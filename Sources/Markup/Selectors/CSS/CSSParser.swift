/// Reads a CSS selector and writes it as a ``CSSProgram`` while it goes.
///
/// The grammar is Selectors Level 4 as far as cssselect knows it: the arguments of `:is()`, `:where()` and `:not()` are
/// lists of compound selectors, `:not()` does not nest, `:scope` stands only at the start. Beyond the standard there are
/// `:contains()`, `[a!=b]`, `::text` and `::attr(name)`.
struct CSSParser: ~Copyable {
    /// Functions inside functions.
    static let maximumNesting = 8

    let language: Selector.Language
    var scanner: CSSScanner
    var draft: CSSDraft
    var nesting = 0
    /// Whether an `:…-of-type` stands where no element name is given.
    var lacksName = false

    /// Reads a whole selector list.
    static func parse(_ source: String, language: Selector.Language) throws(SelectorError) -> CSSProgram {
        var source = source
        let result = source.withUTF8 { bytes in
            var parser = CSSParser(language: language, scanner: CSSScanner(bytes), draft: .take())
            let result = Result { () throws(SelectorError) in try parser.program() }
            // No array is longer than the selector by much.
            if bytes.count <= 1_024 { parser.draft.giveBack() }
            return result
        }
        return try result.get()
    }

    private mutating func program() throws(SelectorError) -> CSSProgram {
        repeat {
            scanner.skipSpace()
            try complexSelector(anchor: .descendant)
        } while scanner.consume(",")
        guard scanner.isAtEnd else { throw scanner.expected("a selector, ',' or the end") }
        if lacksName { throw scanner.expected("an element name before each :…-of-type", at: 0) }
        return CSSProgram(draft)
    }

    /// Compounds and combinators up to a comma, a closing parenthesis, or the end.
    mutating func complexSelector(anchor: CSSProgram.Combinator) throws(SelectorError) {
        let floor = draft.openCompounds.count
        let isScoped = consumeScope()
        var pseudoElement = try part(after: .descendant, allowsNothing: isScoped)
        while pseudoElement == .none {
            let hasSpace = scanner.skipSpace()
            if isAtEnd { break }
            guard let combinator = combinator() ?? (hasSpace ? .descendant : nil) else { break }
            scanner.skipSpace()
            pseudoElement = try part(after: combinator)
        }
        scanner.skipSpace()
        guard isAtEnd else {
            throw scanner.expected(pseudoElement == .none ? "a selector" : "the end after a pseudo-element")
        }
        draft.closeSelector(
            above: floor, isScoped: isScoped, isListed: nesting == 0, pseudoElement: pseudoElement, anchor: anchor)
    }

    private var isAtEnd: Bool { scanner.isAtEnd || scanner.isAt(",") || (nesting > 0 && scanner.isAt(")")) }

    private mutating func consumeScope() -> Bool {
        guard nesting == 0, scanner.isAt(":") else { return false }
        let place = scanner.offset
        scanner.advance()
        if scanner.startsIdentifier, pseudoName(scanner.name()) == .scope { return true }
        scanner.rewind(to: place)
        return false
    }

    mutating func combinator() -> CSSProgram.Combinator? {
        let combinator: CSSProgram.Combinator
        switch scanner.current {
        case UInt8(ascii: ">"): combinator = .child
        case UInt8(ascii: "+"): combinator = .nextSibling
        case UInt8(ascii: "~"): combinator = .laterSibling
        default: return nil
        }
        scanner.advance()
        return combinator
    }

    /// A compound and the pseudo-element behind it; at least one of them unless nothing is allowed.
    private mutating func part(
        after combinator: CSSProgram.Combinator, allowsNothing: Bool = false
    ) throws(SelectorError) -> CSSProgram.PseudoElement {
        let place = scanner.offset
        draft.openCompounds.append(try compound(after: combinator))
        let pseudoElement = try pseudoElement()
        guard allowsNothing || scanner.offset > place else { throw scanner.expected("a selector") }
        return pseudoElement
    }

    /// A name and tests, or nothing, up to what is neither; a colon that is left starts a pseudo-element.
    mutating func compound(after combinator: CSSProgram.Combinator) throws(SelectorError) -> CSSProgram.Compound {
        let floor = draft.openTests.count
        let name = try elementName()
        while let test = try simpleTest(hasName: !name.isAny) { draft.open(test, above: floor) }
        return draft.closeCompound(name, above: floor, after: combinator)
    }

    private mutating func simpleTest(hasName: Bool) throws(SelectorError) -> CSSProgram.Test? {
        scanner.skipComments()
        switch scanner.current {
        case UInt8(ascii: "#"):
            let place = scanner.offset
            scanner.advance()
            let id = scanner.name()
            guard !id.isEmpty else { throw scanner.expected("a name after '#'", at: place) }
            return .init(kind: .id, literal: literal(id))
        case UInt8(ascii: "."):
            scanner.advance()
            return .init(kind: .hasClass, literal: literal(try scanner.identifier("a class name")))
        case UInt8(ascii: "["):
            scanner.advance()
            return try attributeTest()
        case UInt8(ascii: ":"):
            return try pseudoClass(hasName: hasName)
        default:
            return nil
        }
    }
}
