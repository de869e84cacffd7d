import Foundation
import TestSupport
import Testing

@testable import Markup

@Suite struct SelectorSetTests {
    private let page = """
        <title>t</title><div id=a class="x y x"><p class=z>1</p><p data-q=1>2</p></div><table><tr><td>3<td>4</table><my-tag>5
        """

    @Test("a prepared page answers every selector as one that is not")
    func sameAnswers() throws {
        let inside = [
            "#a", ".x p", "p[data-q]", "td:nth-child(2)", "my-tag", ".nowhere", "div:has(.z)", "[data-never]",
        ]
        let outside = ["#b", ".y", "[class]", "tr", "title", "odd-tag", "p.z:not(.x)", ":is(p, td)"]
        let set = try SelectorSet(inside.map { try Selector(css: $0) } + [Selector(xpath: "//p[@data-q]")])
        let (plain, prepared) = (try MarkupDocument(html: page), try MarkupDocument(html: page))
        prepared.prepare(for: set)
        for css in inside + outside + inside {
            let selector = try Selector(css: css)
            let (expected, found) = (try plain.select(selector).matches, try prepared.select(selector).matches)
            #expect(found.map(\.id) == expected.map(\.id), "\(css)")
        }
    }

    @Test("what is kept is kept for the root and the document only")
    func keptAnswers() throws {
        let selector = try Selector(css: "p::text")
        let set = SelectorSet([selector])
        for text in ["1", "2"] {
            let document = try MarkupDocument(html: "<p>\(text)</p><div><p>3</p></div>")
            document.prepare(for: set)
            for _ in 0..<2 {
                #expect(try document.select(selector).strings == [text, "3"])
                let div = try #require(try document.select(Selector(css: "div")).matches.first)
                #expect(try div.select(selector).strings == ["3"])
            }
        }
    }

    @Test("one set serves many threads at once")
    func threads() async throws {
        let selector = try Selector(css: ".x .z::text")
        let set = SelectorSet([selector])
        let page = page
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<100 {
                        guard let document = try? MarkupDocument(html: page) else { return false }
                        document.prepare(for: set)
                        guard (try? document.select(selector).strings) == ["1"] else { return false }
                    }
                    return true
                }
            }
            for await passed in group { #expect(passed) }
        }
    }

    @Test(
        "prepared recorded pages answer as libxml2 does",
        .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
    func recordedPages() throws {
        let selectors = try SelectorSamples.ofSpiders()
        let set = SelectorSet(selectors)
        let pages = RecordedPageTests.pages(".html")
        for index in stride(from: 0, to: pages.count, by: 12) {
            let bytes = [UInt8](try Data(contentsOf: pages[index]))
            let document = try MarkupDocument(html: CharacterEncoding.decode(bytes).bytes)
            document.prepare(for: set)
            let comparison = EngineComparison(document: document)
            for selector in selectors {
                if let difference = comparison.difference(selector) { Issue.record("\(difference)") }
            }
        }
    }
}
