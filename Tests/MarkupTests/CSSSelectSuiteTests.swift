import Markup
import TestSupport
import Testing

@Suite("cssselect's own tests", .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
struct CSSSelectSuiteTests {
    @Test("all selections find what cssselect finds")
    func selections() throws {
        var documents: [String: MarkupDocument] = [:]
        var passed = 0
        for row in try SuiteRow.all("suites/cssselect/select_html.jsonl") {
            guard row.fields["html_expected"] != nil || row.fields["html_expected_count"] != nil else { continue }
            let file = try #require(row.string("doc"))
            let document =
                try documents[file] ?? MarkupDocument(html: RecordedMaterial.bytes("suites/cssselect/\(file)"))
            documents[file] = document
            if check(row, document) { passed += 1 }
        }
        #expect(passed == 173)
    }

    private func check(_ row: SuiteRow, _ document: MarkupDocument) -> Bool {
        let css = row.string("css") ?? ""
        do {
            let selector = try Selector(css: css)
            let body = try document.select(Selector(xpath: "//body")).matches.first
            let start = row.string("context") == "body" ? body : nil
            let found = try document.select(selector, from: start).matches
            if let count = row.integer("html_expected_count") {
                #expect(found.count == count, "\(row.id) \(css) \(selector.xpath)")
                return found.count == count
            }
            let expected = (row.list("html_expected") ?? []).map { pair in
                ((pair as? [Any]) ?? []).map { $0 as? String ?? "-" }
            }
            let actual = found.map { [$0.name, $0.attribute("id") ?? "-"] }
            #expect(actual == expected, "\(row.id) \(css) \(selector.xpath)")
            return actual == expected
        } catch {
            Issue.record("\(row.id) \(css): \(error)")
            return false
        }
    }

    @Test("all selectors that cssselect refuses are refused with a place inside them")
    func parseErrors() throws {
        var refused = 0
        for row in try SuiteRow.all("suites/cssselect/parse_errors.jsonl") {
            let css = row.string("css") ?? ""
            if row.string("error") == nil {
                #expect(throws: Never.self) { try Selector(css: css) }
                continue
            }
            let error = #expect(throws: SelectorError.self, "\(row.id) \(css)") { try Selector(css: css) }
            guard let error else { continue }
            #expect((0...css.unicodeScalars.count).contains(error.offset))
            refused += 1
        }
        #expect(refused == 35)
    }

    @Test("what cssselect translates compiles, and what it cannot translate is refused")
    func translations() throws {
        for row in try SuiteRow.all("suites/cssselect/xpath_translation.jsonl") {
            let css = row.string("css") ?? ""
            if row.string("xpath") != nil {
                #expect(throws: Never.self, "\(row.id) \(css)") { try Selector(css: css, language: .xml) }
            } else {
                #expect(throws: SelectorError.self, "\(row.id) \(css)") { try Selector(css: css, language: .xml) }
            }
        }
    }

    @Test("all series are read as cssselect reads them")
    func series() throws {
        // Whether two progressions agree shows in which of twenty siblings they take.
        let list = "<ol>" + String(repeating: "<li></li>", count: 20) + "</ol>"
        let document = try MarkupDocument(html: list)
        for row in try SuiteRow.all("suites/cssselect/series.jsonl") {
            let text = row.string("nth") ?? ""
            guard let expected = row.list("expected") as? [Int] else {
                #expect(throws: SelectorError.self, "\(row.id)") { try Selector(css: "li:nth-child(\(text))") }
                continue
            }
            let positions = (1...20).filter { position in
                let rest = position - expected[1]
                return expected[0] == 0 ? rest == 0 : rest % expected[0] == 0 && rest / expected[0] >= 0
            }
            let found = try document.select(Selector(css: "li:nth-child(\(text))")).matches
            let siblings = try document.select(Selector(css: "li")).matches
            #expect(found == positions.map { siblings[$0 - 1] }, "\(row.id) \(text)")
        }
    }
}
