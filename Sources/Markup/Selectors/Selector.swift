/// A compiled selector: CSS or XPath 1.0.
///
/// A selector may be used by several threads at once.
public struct Selector: Sendable {
    /// One reference, as selectors are handed about for every row of a page.
    private let parts: Parts

    private final class Parts: Sendable {
        let source: String
        let form: Form
        let expression: XPathExpression
        let program: SelectorProgram?
        let engine: Engine

        init(
            _ source: String, _ form: Form, _ expression: XPathExpression, _ program: SelectorProgram?, _ engine: Engine
        ) {
            self.source = source
            self.form = form
            self.expression = expression
            self.program = program
            self.engine = engine
        }
    }

    /// The selector as written.
    public var source: String { parts.source }

    /// The XPath expression with the same meaning; for CSS its translation, which may use the function `has-class`.
    ///
    /// A translation is made anew each time, as only libxml2 needs it.
    public var xpath: String { expression.source }

    /// How the source is to be read.
    private enum Form: Hashable {
        case css(Language)
        case xpath
    }

    private var form: Form { parts.form }
    var expression: XPathExpression { parts.expression }
    /// The compiled form; nil where libxml2 must answer.
    var program: SelectorProgram? { parts.program }
    /// Whether it leads from a node to itself or to one of its attributes and to nothing else.
    public var isDirect: Bool {
        if case .xpath(let program)? = program { program.direct != nil } else { false }
    }
    /// What answers the selector on an HTML page; on XML documents it is always libxml2.
    public var engine: Engine { parts.engine }

    /// The language of the pages a CSS selector is meant for.
    public enum Language: Sendable, Hashable {
        /// Names of elements and attributes ignore case; `:link`, `:checked` and such have a meaning.
        case html
        case xml
    }

    /// Compiles a CSS selector: Selectors Level 3, parts of level 4, and parsel's `::text` and `::attr(name)`.
    ///
    /// From a node the selector finds the node itself and what is inside, as parsel's `css()`; `:scope > a` finds what is
    /// directly inside. A prefix, as in `media|thumbnail`, is the one written in the document.
    ///
    /// - Throws: ``SelectorError`` with the place of the first error.
    public init(css source: String, language: Language = .html) throws(SelectorError) {
        try XPathGuard.checkLength(of: source)
        let program = try CSSParser.parse(source, language: language)
        let expression = XPathExpression(.css(program, language))
        let engine: Engine
        if language == .xml {
            engine = .libxml2(reason: "a selector for XML")
        } else if program.isTooLong {
            engine = .libxml2(reason: "more than \(CSSProgram.maximumCompounds) compound selectors in a row")
        } else {
            engine = .flat
        }
        parts = Parts(source, .css(language), expression, engine == .flat ? .css(program) : nil, engine)
        // libxml2 translates and compiles what it may never be asked only when it is.
        if engine != .flat { try Self.prepare(expression, of: source) }
    }

    /// Compiles an XPath 1.0 expression.
    ///
    /// Beyond XPath 1.0 there is parsel's `has-class("a", …)`. Variables are refused. A name with a prefix is refused too, as
    /// no prefix is bound: see ``MarkupDocument/Namespaces``, or use `local-name()`.
    ///
    /// - Throws: ``SelectorError`` with the place of the first error.
    public init(xpath source: String) throws(SelectorError) {
        try XPathGuard.check(source)
        let expression = XPathExpression(.xpath(source))
        try Self.prepare(expression, of: source)
        do throws(UnsupportedXPath) {
            parts = Parts(source, .xpath, expression, .xpath(try XPathParser.compile(source)), .flat)
        } catch {
            parts = Parts(source, .xpath, expression, nil, .libxml2(reason: error.reason))
        }
    }

    private static func prepare(_ expression: XPathExpression, of source: String) throws(SelectorError) {
        do throws(XPathSyntaxError) {
            try expression.prepare()
        } catch {
            let before = source.utf8.prefix(error.offset)
            let offset = String(decoding: before, as: UTF8.self).unicodeScalars.count
            throw SelectorError(source: source, offset: offset, expected: "XPath 1.0 (\(error.message))")
        }
    }
}

extension Selector: Hashable, CustomStringConvertible {
    /// Whether both are written alike, scalar by scalar, in the same language.
    public static func == (left: Self, right: Self) -> Bool {
        left.parts === right.parts || left.source.utf8.elementsEqual(right.source.utf8) && left.form == right.form
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(source)
        hasher.combine(form)
    }

    public var description: String { source }
}

extension Selector {
    /// The same for copies of a selector.
    var identity: ObjectIdentifier { ObjectIdentifier(parts) }
}
