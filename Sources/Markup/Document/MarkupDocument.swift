/// One parsed page: an HTML or XML tree to select from.
///
/// A document belongs to the task that made it: it is not `Sendable`, because evaluating a selector uses scratch space kept
/// with the document. Nodes hold on to their document, so none can outlive the tree.
public final class MarkupDocument {
    /// How an XML document's namespaces are treated.
    public enum Namespaces: Sendable, Hashable {
        /// Names stay bound to their namespace, so `//loc` finds nothing in a sitemap.
        case kept
        /// Namespaces are taken off, as parsel's `remove_namespaces`, so `//loc` finds every `loc`.
        case removed
    }

    let tree: FlatTree
    private let limits: MarkupLimits
    private var xpath: XPathFallback?
    private lazy var index = PageIndex(of: tree, wanted: prepared?.wanted)
    private var prepared: SelectorSet?
    /// What selectors of the prepared set found from the root.
    private var answers: [ObjectIdentifier: XPathFallback.Value] = [:]
    let isHTML: Bool

    /// Whether the tree lacks a part of the page, because a limit was met or the parser gave up.
    public let isTruncated: Bool

    /// Reads an HTML page, repairing it as libxml2's HTML parser does.
    ///
    /// Whatever encoding the page declares is ignored: the bytes are UTF-8, as ``CharacterEncoding/decode(_:contentType:)``
    /// made them. NUL characters are dropped. A page without any element gets an empty `html` element.
    ///
    /// - Throws: `.outOfMemory`.
    public convenience init(html: [UInt8], limits: MarkupLimits = .init()) throws(MarkupError) {
        try self.init(html, isUTF8: false, limits: limits)
    }

    /// Reads an HTML page that was decoded, and so is UTF-8 for certain.
    public convenience init(html: DecodedText, limits: MarkupLimits = .init()) throws(MarkupError) {
        try self.init(html.bytes, isUTF8: true, limits: limits)
    }

    private convenience init(_ html: [UInt8], isUTF8: Bool, limits: MarkupLimits) throws(MarkupError) {
        let input = HTMLInput(html, isUTF8: isUTF8, limits: limits)
        switch try input.parse(limits: limits) {
        case .tree(let tree, let isTruncated):
            self.init(tree, isHTML: true, isTruncated: isTruncated || input.isTruncated, limits: limits)
        case .odd: try self.init(htmlByLibXML2: html, limits: limits)
        }
    }

    /// Reads an HTML page by libxml2's own parser, which is the measure of ours.
    package convenience init(htmlByLibXML2 html: [UInt8], limits: MarkupLimits = .init()) throws(MarkupError) {
        let parsed = try LibXML2Parser(limits: limits).html(html)
        let isTruncated = parsed.isTruncated
        try self.init(copying: parsed.tree, isHTML: true, isTruncated: isTruncated, limits: limits)
    }

    /// Reads an HTML page from text.
    public convenience init(html: String, limits: MarkupLimits = .init()) throws(MarkupError) {
        try self.init(html: [UInt8](html.utf8), limits: limits)
    }

    /// Reads an XML document, such as a feed or a sitemap, with recovery from errors.
    ///
    /// Only the five predefined entities exist: no entity declaration is obeyed, no external file or address is ever opened.
    ///
    /// - Throws: `.noRootElement` when no element is left after recovery; `.outOfMemory`.
    public convenience init(
        xml: [UInt8], namespaces: Namespaces = .kept, limits: MarkupLimits = .init()
    ) throws(MarkupError) {
        let parsed = try LibXML2Parser(limits: limits).xml(xml, namespaces: namespaces)
        let isTruncated = parsed.isTruncated
        try self.init(copying: parsed.tree, isHTML: false, isTruncated: isTruncated, limits: limits)
    }

    private convenience init(
        copying original: consuming LibXML2Tree, isHTML: Bool, isTruncated: Bool, limits: MarkupLimits
    ) throws(MarkupError) {
        guard let tree = FlatTree.copying(original.pointer) else { throw .noMemory }
        self.init(tree, isHTML: isHTML, isTruncated: isTruncated, limits: limits)
        xpath = XPathFallback(LibXML2Mirror(original), limits: limits)
    }

    private init(_ tree: FlatTree, isHTML: Bool, isTruncated: Bool, limits: MarkupLimits) {
        self.tree = tree
        self.isHTML = isHTML
        self.isTruncated = isTruncated
        self.limits = limits
    }

    /// The outermost element: `html` for HTML.
    public var root: MarkupNode { MarkupNode(document: self, id: tree.root) }

    /// What the selector finds, starting from a node, or from the root element.
    ///
    /// - Throws: `.foreignNode`, `.selectorTooExpensive`, `.selectorFailed`.
    public func select(_ selector: Selector, from start: MarkupNode? = nil) throws(MarkupError) -> Selection {
        if let start, start.document !== self {
            throw MarkupError(code: .foreignNode, cause: selector.source)
        }
        return try select(selector, from: start?.id ?? tree.root, by: isHTML ? nil : .libxml2(reason: "XML"))
    }

    /// What a selector finds from the root element when one engine answers, to compare the two.
    ///
    /// Where the selector has no compiled form, or the document is XML, libxml2 answers.
    public func select(_ selector: Selector, by engine: Selector.Engine) throws(MarkupError) -> Selection {
        try select(selector, from: tree.root, by: isHTML ? engine : .libxml2(reason: "XML"))
    }

    /// Answers by the engine given, as far as it can; else by the selector's own.
    func select(
        _ selector: Selector, from start: NodeID, by engine: Selector.Engine?
    ) throws(MarkupError) -> Selection {
        let found =
            if let engine { try evaluate(selector, from: start, by: engine) } else {
                try value(of: selector, from: start)
            }
        switch found {
        case .nodes(let ids): return .nodes(ids.map { MarkupNode(document: self, id: $0) })
        case .string(let text): return .string(text)
        case .number(let number): return .number(number)
        case .bool(let bool): return .bool(bool)
        }
    }

    /// Makes ready for the selectors of a set: one pass over the page lists the elements that any of them could want, and
    /// what each finds from the root is kept.
    ///
    /// To be called before the first selector is asked; later it changes nothing but what is kept. Other selectors are
    /// answered all the same, only not faster.
    public func prepare(for set: SelectorSet) { prepared = set }

    private func value(of selector: Selector, from start: NodeID) throws(MarkupError) -> XPathFallback.Value {
        guard start == tree.root, let prepared, prepared.contains(selector) else {
            return try evaluate(selector, from: start, by: selector.engine)
        }
        if let answer = answers[selector.identity] { return answer }
        let answer = try evaluate(selector, from: start, by: selector.engine)
        answers[selector.identity] = answer
        return answer
    }

    private func evaluate(
        _ selector: Selector, from start: NodeID, by engine: Selector.Engine
    ) throws(MarkupError) -> XPathFallback.Value {
        guard engine == .flat, let program = selector.program else {
            return try fallback().evaluate(selector, from: start, in: tree)
        }
        do {
            return try program.evaluate(from: start, on: tree, index: index, steps: limits.maximumSelectorSteps)
        } catch {
            throw MarkupError(
                code: .selectorTooExpensive, cause: "\(selector.source): too many steps on this page")
        }
    }

    /// libxml2 beside the flat tree, made when it is first needed.
    private func fallback() throws(MarkupError) -> XPathFallback {
        if let xpath { return xpath }
        guard let copy = LibXML2Tree.copying(tree) else { throw .noMemory }
        let made = XPathFallback(LibXML2Mirror(copy), limits: limits)
        xpath = made
        return made
    }

    /// A node as mark-up; empty when there is no memory for it.
    func serialized(_ id: NodeID) -> String {
        guard let mirror = try? fallback().mirror else { return "" }
        return Serializer.outer(mirror.pointer(id))
    }

    func line(of id: NodeID) -> Int {
        guard !isHTML, let xpath else { return tree.line(id) }
        return xpath.mirror.line(of: id, in: tree)
    }
}
