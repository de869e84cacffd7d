import Foundation
import TestSupport
import Testing

@testable import Markup

@Suite("the flat engine finds what libxml2 finds")
struct SelectorEqualityTests {
    /// Rounds of the random tests; `ANIMEMATCHER_FUZZ_ROUNDS` sets more for a long run by hand.
    private static let rounds = ProcessInfo.processInfo.environment["ANIMEMATCHER_FUZZ_ROUNDS"].flatMap(Int.init) ?? 1
    private static let seed =
        ProcessInfo.processInfo.environment["ANIMEMATCHER_FUZZ_SEED"].flatMap(UInt64.init) ?? 20_261_125

    private static func nodes(of document: MarkupDocument) -> [MarkupNode] {
        (1..<document.tree.nodes.count).map { MarkupNode(document: document, id: NodeID($0)) }
            + document.tree.attributes.indices.map { MarkupNode(document: document, id: NodeID(attribute: $0)) }
    }

    @Test("random CSS selectors on random pages")
    func randomCSS() throws {
        var generator = SelectorGenerator(seed: Self.seed)
        var answered = 0
        for _ in 0..<60 * Self.rounds {
            let page = generator.page(nodes: 60)
            let document = try MarkupDocument(html: page)
            let nodes = Self.nodes(of: document)
            for _ in 0..<60 {
                let css = generator.css()
                guard let selector = try? Selector(css: css) else { continue }
                #expect(selector.engine == .flat)
                answered += 1
                let start = generator.chance(40) ? generator.pick(nodes) : nil
                if let difference = EngineComparison(document: document).difference(selector, from: start) {
                    Issue.record("\(difference) in \(page)")
                }
            }
        }
        #expect(answered > 3_000 * Self.rounds)
    }

    @Test("random XPath expressions on random pages")
    func randomXPath() throws {
        var generator = SelectorGenerator(seed: Self.seed)
        var (answered, compiled) = (0, 0)
        for _ in 0..<60 * Self.rounds {
            let page = generator.page(nodes: 60)
            let document = try MarkupDocument(html: page)
            let nodes = Self.nodes(of: document)
            for _ in 0..<60 {
                let xpath = generator.xpath()
                guard let selector = try? Selector(xpath: xpath) else { continue }
                answered += 1
                if selector.engine == .flat { compiled += 1 }
                let start = generator.chance(40) ? generator.pick(nodes) : nil
                if let difference = EngineComparison(document: document).difference(selector, from: start) {
                    Issue.record("\(difference) in \(page)")
                }
            }
        }
        #expect(answered > 3_000 * Self.rounds)
        #expect(compiled > answered * 9 / 10)
    }

    @Test(
        "the selectors of our spiders and of cssselect on recorded pages",
        .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
    func recordedPages() throws {
        let spiders = try SelectorSamples.ofSpiders()
        let others = try SelectorSamples.ofSuites() + SelectorSamples.own
        #expect(spiders.count > 100)
        var generator = SelectorGenerator(seed: Self.seed)
        let pages = RecordedPageTests.pages(".html")
        #expect(pages.count > 100)
        for (number, page) in pages.enumerated() {
            let bytes = [UInt8](try Data(contentsOf: page))
            let document = try MarkupDocument(html: CharacterEncoding.decode(bytes).bytes)
            let comparison = EngineComparison(document: document)
            let nodes = Self.nodes(of: document)
            for selector in number % 20 == 0 ? spiders + others : spiders {
                let starts = [nil] + (generator.chance(5) ? [generator.pick(nodes)] : [])
                for start in starts {
                    let difference = comparison.difference(selector, from: start)
                    if let difference { Issue.record("\(page.lastPathComponent): \(difference)") }
                }
            }
        }
    }
}
