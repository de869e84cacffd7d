import CrawlDomain
import CrawlEngine
import Markup
import WebStandards
import Terminal

/// Answers what is asked of one page; asks nobody else.
struct ShellSession {
    let page: ShellPage
    /// Reads items; nil without a spider.
    let extractor: SpiderExtractor?
    /// What the host answered to robots.txt; nil when it was not asked.
    let robots: HostMemory.Robots?
    let maximumLines: Int

    /// What a command prints.
    ///
    /// - Throws: ``Failure``, ``SelectorMistake`` or a `MarkupError`, to be shown; the session goes on.
    func answer(_ instruction: ShellInstruction) throws -> ShellOutput {
        var output = ShellOutput(maximumLines: maximumLines)
        switch instruction {
        case .css(let source): list(try select(css: source), &output)
        case .xpath(let source): list(try select(xpath: source), &output)
        case .json(let path, let selector): try json(path, in: selector, &output)
        case .jsonLD(let path): try values(at: path, in: linkedData(), &output)
        case .tree(let selector, let depth): try tree(selector, depth: depth, &output)
        case .text(let source): for node in try select(css: source).matches { output.add(text: node.blockText()) }
        case .html(let source): for text in try select(css: source).strings { output.add(text: text) }
        case .links(let filter): try links(filter, &output)
        case .headers: headers(&output)
        case .meta: try meta(&output)
        case .robots: try robots(&output)
        case .item: try item(&output)
        case .kinds: try kinds(&output)
        case .help: output.add(text: ShellInstruction.commands)
        case .fetch, .open, .quit: break
        }
        return output
    }

    /// What a CSS selector finds.
    func select(css source: String) throws -> Selection {
        try evaluate { () throws(SelectorError) in try Selector(css: source) }
    }

    /// What an XPath expression finds.
    func select(xpath source: String) throws -> Selection {
        try evaluate { () throws(SelectorError) in try Selector(xpath: source) }
    }

    private func evaluate(_ compile: () throws(SelectorError) -> Selector) throws -> Selection {
        let selector: Selector
        do throws(SelectorError) { selector = try compile() } catch { throw SelectorMistake(error) }
        return try document().select(selector)
    }

    /// The page's tree.
    func document() throws -> MarkupDocument {
        guard let document = page.document else { throw Failure("the page is JSON; try: json $") }
        return document
    }

    private func list(_ selection: Selection, _ output: inout ShellOutput) {
        let strings = selection.strings
        if case .nodes = selection { output.add("\(strings.count) found") }
        for text in strings { output.add(text.replacing(/\s+/, with: " ")) }
    }

    private func tree(_ selector: String?, depth: Int, _ output: inout ShellOutput) throws {
        let roots = try selector.map { try select(css: $0).matches } ?? [try document().root]
        for root in roots where !output.isFull { PageOutline(depth: depth).add(root, to: &output) }
        if roots.isEmpty { output.add("0 found") }
    }

    private func json(_ path: String, in selector: String?, _ output: inout ShellOutput) throws {
        if let selector {
            let texts = try select(css: selector).matches.map(\.text)
            return try values(at: path, in: texts.compactMap { try? JSONValue(parsing: $0) }, &output)
        }
        guard let json = page.json else {
            throw Failure("the page is HTML; try: jsonld, or: json PATH in SELECTOR::attr(name)")
        }
        try values(at: path, in: [json], &output)
    }

    private func values(at source: String, in roots: [JSONValue], _ output: inout ShellOutput) throws {
        let path: JSONPath
        do { path = try JSONPath(source) } catch { throw Failure("\(Console.visible(source)): \(error.message)") }
        let found = roots.flatMap { path.values(in: $0) }
        output.add("\(found.count) found")
        for value in found { output.add(text: value.serialized(pretty: true)) }
    }

    /// The page's JSON-LD objects.
    private func linkedData() throws -> [JSONValue] {
        let texts = try select(css: "script[type='application/ld+json']").matches.map(\.text)
        return texts.compactMap { try? JSONValue(parsing: $0) }.flatMap { value in
            value["@graph"]?.arrayValue ?? value.arrayValue ?? [value]
        }
    }
}
