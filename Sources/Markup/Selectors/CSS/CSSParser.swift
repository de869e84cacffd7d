/// Reads a CSS selector.
///
/// The grammar is Selectors Level 4 as far as cssselect knows it: the arguments of `:is()`, `:where()` and `:not()` are
/// lists of compound selectors, `:not()` does not nest, `:scope` stands only at the start. Beyond the standard there are
/// `:contains()`, `[a!=b]`, `::text` and `::attr(name)`.
struct CSSParser {
    /// Functions inside functions.
    static let maximumNesting = 8

    let language: Selector.Language
    var scanner: CSSScanner
    var nesting = 0

    /// Reads a whole selector list.
    static func parse(_ source: String, language: Selector.Language) throws(SelectorError) -> CSSSelectorList {
        var parser = CSSParser(language: language, scanner: CSSScanner(source))
        let list = try parser.list()
        guard parser.scanner.current == nil else { throw parser.scanner.expected("a selector, ',' or the end") }
        return list
    }

    private mutating func list() throws(SelectorError) -> CSSSelectorList {
        var selectors: [CSSComplexSelector] = []
        repeat {
            scanner.skipSpace()
            selectors.append(try complexSelector())
        } while scanner.consume(",")
        return CSSSelectorList(selectors: selectors)
    }

    /// Compounds and combinators up to a comma, a closing parenthesis, or the end.
    mutating func complexSelector() throws(SelectorError) -> CSSComplexSelector {
        var selector = try start()
        while selector.pseudoElement == nil {
            let hasSpace = scanner.skipSpace()
            if atEnd { return selector }
            let combinator = combinator() ?? (hasSpace ? .descendant : nil)
            guard let combinator else { break }
            scanner.skipSpace()
            let place = scanner.offset
            let compound = try compoundSelector(allowsNothing: atPseudoElement)
            if scanner.offset == place, !atPseudoElement { throw scanner.expected("a selector") }
            selector.links.append(.init(combinator: combinator, compound: compound))
            selector.pseudoElement = try pseudoElement()
        }
        scanner.skipSpace()
        guard atEnd else {
            throw scanner.expected(selector.pseudoElement == nil ? "a selector" : "the end after a pseudo-element")
        }
        return selector
    }

    private mutating func start() throws(SelectorError) -> CSSComplexSelector {
        let isScoped = consumeScope()
        let compound = try compoundSelector(allowsNothing: isScoped || atPseudoElement)
        return CSSComplexSelector(
            isScoped: isScoped, first: compound, links: [], pseudoElement: try pseudoElement())
    }

    private var atEnd: Bool {
        scanner.current == nil || scanner.current == "," || (nesting > 0 && scanner.current == ")")
    }

    private mutating func consumeScope() -> Bool {
        var ahead = scanner
        guard nesting == 0, ahead.consume(":"), ahead.startsIdentifier, ahead.name().asciiLowercased == "scope"
        else { return false }
        scanner = ahead
        return true
    }

    mutating func combinator() -> CSSComplexSelector.Combinator? {
        let combinator: CSSComplexSelector.Combinator
        switch scanner.current {
        case ">": combinator = .child
        case "+": combinator = .nextSibling
        case "~": combinator = .laterSibling
        default: return nil
        }
        scanner.advance()
        return combinator
    }

    /// A name and tests; at least one of them unless nothing is allowed.
    mutating func compoundSelector(allowsNothing: Bool = false) throws(SelectorError) -> CSSCompound {
        let place = scanner.offset
        let name = try elementName()
        var tests: [CSSTest] = []
        while let test = try simpleTest() { tests.append(test) }
        guard allowsNothing || scanner.offset > place else { throw scanner.expected("a selector") }
        return CSSCompound(name: name, tests: tests)
    }

    private mutating func elementName() throws(SelectorError) -> CSSCompound.ElementName {
        var first: String?
        if scanner.startsIdentifier {
            first = scanner.name()
        } else if !scanner.consume("*") {
            guard scanner.current == "|" else { return .any }
        }
        guard scanner.current == "|", scanner.following != "=" else { return first.map { .named(cased($0)) } ?? .any }
        scanner.advance()
        if scanner.consume("*") { return .any }
        let local = cased(try scanner.identifier("a name or '*'"))
        return first.map { .prefixed($0, local) } ?? .named(local)
    }

    /// Names are lower-case in HTML.
    func cased(_ name: String) -> String { language == .html ? name.asciiLowercased : name }

    private mutating func simpleTest() throws(SelectorError) -> CSSTest? {
        scanner.skipComments()
        switch scanner.current {
        case "#":
            let place = scanner.offset
            scanner.advance()
            let id = scanner.name()
            guard !id.isEmpty else { throw scanner.expected("a name after '#'", at: place) }
            return .id(id)
        case ".":
            scanner.advance()
            return .hasClass(try scanner.identifier("a class name"))
        case "[":
            scanner.advance()
            return .attribute(try attributeTest())
        case ":":
            return atPseudoElement ? nil : try pseudoClass()
        default:
            return nil
        }
    }
}

// MARK: Attributes

extension CSSParser {
    private mutating func attributeTest() throws(SelectorError) -> CSSAttributeTest {
        scanner.skipSpace()
        var test = try attributeName()
        scanner.skipSpace()
        if scanner.consume("]") { return test }
        test.match = try attributeMatch()
        scanner.skipSpace()
        let isQuoted = scanner.current == "\"" || scanner.current == "'"
        test.value = isQuoted ? try scanner.string() : try scanner.identifier("a string or a name")
        scanner.skipSpace()
        if scanner.current == "i" || scanner.current == "I" {
            test.ignoresCase = true
            scanner.advance()
        } else if scanner.current == "s" || scanner.current == "S" {
            scanner.advance()
        }
        scanner.skipSpace()
        try scanner.require("]")
        return test
    }

    private mutating func attributeName() throws(SelectorError) -> CSSAttributeTest {
        if scanner.consume("*") {
            try scanner.require("|")
            return CSSAttributeTest(name: cased(try scanner.identifier("an attribute name")))
        }
        let first = scanner.current == "|" ? "" : try scanner.identifier("an attribute name or '*'")
        guard scanner.current == "|", scanner.following != "=" else { return CSSAttributeTest(name: cased(first)) }
        scanner.advance()
        let local = cased(try scanner.identifier("an attribute name"))
        return CSSAttributeTest(prefix: first.isEmpty ? nil : first, name: local)
    }

    private mutating func attributeMatch() throws(SelectorError) -> CSSAttributeTest.Match {
        let place = scanner.offset
        var text = ""
        if let scalar = scanner.current, scalar != "=" {
            text.unicodeScalars.append(scalar)
            scanner.advance()
        }
        let isComplete = scanner.consume("=")
        guard isComplete, let match = CSSAttributeTest.Match(rawValue: text + "=") else {
            throw scanner.expected("']' or one of = ~= |= ^= $= *= !=", at: place)
        }
        return match
    }
}
