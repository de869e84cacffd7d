import CrawlDomain
import Markup
import WebStandards

/// Hashes what stands around the links of one page; bounded, since a page can put all its text around each of its links.
struct SignalReader {
    private let page: PageReading
    private var linksLeft = 5_000
    private var bytesLeft = 4 << 20

    init(page: PageReading) {
        self.page = page
    }

    /// The signal of a link; nil where nothing stands around it, or the page has used up its bounds.
    mutating func read(_ ways: [FieldAlternative], at node: MarkupNode) -> LinkSignal? {
        guard linksLeft > 0, bytesLeft > 0 else { return nil }
        linksLeft -= 1
        let (evaluator, scope) = (FieldEvaluator(page: page), Scope(node: node))
        let values = ways.flatMap { evaluator.values(of: $0, in: scope, all: true) }
        let texts = values.compactMap(NumberText.text)
        bytesLeft -= texts.reduce(0) { $0 + $1.utf8.count }
        guard !texts.isEmpty else { return nil }
        let hash = ContentHash(ofBytes: Array(texts.joined(separator: "\u{1F}").utf8)).hex.prefix(16)
        return .content(HeardSignal(source: page.kind.name, hash: String(hash)))
    }
}
