/// A compiled selector: CSS or XPath 1.0.
///
/// A selector may be used by several threads at once.
public struct Selector: Sendable {
    /// The selector as written.
    public let source: String

    /// The XPath expression that is evaluated; for CSS its translation, which may use the function `has-class`.
    public var xpath: String { expression.source }

    let expression: XPathExpression
    /// The compiled form; nil where libxml2 must answer.
    let program: SelectorProgram?
    /// What answers the selector on an HTML page; on XML documents it is always libxml2.
    public let engine: Engine

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
        self.source = source
        try XPathGuard.checkLength(of: source)
        let list = try CSSParser.parse(source, language: language)
        let xpath = try XPathTranslator(language: language, source: source).translate(list)
        program = language == .html ? CSSCompiler.compile(list).map(SelectorProgram.css) : nil
        let reason =
            language == .xml
            ? "a selector for XML" : "more than \(CSSCompiler.maximumCompounds) compound selectors in a row"
        engine = program == nil ? .libxml2(reason: reason) : .flat
        // libxml2 compiles what it may never be asked only when it is.
        expression =
            program == nil ? try Self.compile(xpath, translatedFrom: source) : XPathExpression(translated: xpath)
    }

    /// Compiles an XPath 1.0 expression.
    ///
    /// Beyond XPath 1.0 there is parsel's `has-class("a", …)`. Variables are refused. A name with a prefix is refused too, as
    /// no prefix is bound: see ``MarkupDocument/Namespaces``, or use `local-name()`.
    ///
    /// - Throws: ``SelectorError`` with the place of the first error.
    public init(xpath source: String) throws(SelectorError) {
        self.source = source
        try XPathGuard.check(source)
        expression = try Self.compile(source, translatedFrom: source)
        do throws(UnsupportedXPath) {
            program = .xpath(try XPathParser.compile(source))
            engine = .flat
        } catch {
            program = nil
            engine = .libxml2(reason: error.reason)
        }
    }

    private static func compile(
        _ xpath: String, translatedFrom source: String
    ) throws(SelectorError) -> XPathExpression {
        do throws(XPathSyntaxError) {
            return try XPathExpression(xpath)
        } catch {
            let before = source.utf8.prefix(error.offset)
            let offset = String(decoding: before, as: UTF8.self).unicodeScalars.count
            throw SelectorError(source: source, offset: offset, expected: "XPath 1.0 (\(error.message))")
        }
    }
}

extension Selector: Hashable, CustomStringConvertible {
    public static func == (left: Self, right: Self) -> Bool { left.xpath == right.xpath }

    public func hash(into hasher: inout Hasher) { hasher.combine(xpath) }

    public var description: String { source }
}
