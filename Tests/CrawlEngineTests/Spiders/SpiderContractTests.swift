import CrawlDomain
import Foundation
import Testing
import WebStandards

@testable import CrawlEngine

/// Spiders against the pages beside them, as `spider check` reads them.
@Suite("SpiderContract")
struct SpiderContractTests {
    static var sites: [String] { (try? SpiderFixtures.loader().sites) ?? [] }

    private static let spiders = SpiderFixtures.root.appendingPathComponent("Spiders").path

    @Test("every spider reads its own pages as expected, and says of each page what", arguments: sites)
    func everySite(_ site: String) throws {
        let fixtures = try FixtureFolder(site: site, spiders: Self.spiders)
        let contract = SpiderContract(
            try SpiderFixtures.extractor(site), fixtures: fixtures, file: "\(Self.spiders)/\(site).yaml")
        #expect(contract.pages.count == fixtures.expectations.count)
        for page in contract.pages {
            #expect(page.failure == nil, "\(page.expectation.file)")
            #expect(page.differences.isEmpty, "\(page.expectation.file)")
        }
        #expect(fixtures.unexpectedFiles.isEmpty)
    }

    private static let spider = """
        site: test
        hosts: [anime.example]
        terms: {url: "https://anime.example/terms"}
        pages:
          anime:
            url: "/anime/{id:int}"
            item:
              type: entry
              id: "{site}:{id}"
              fields:
                id: {from: id}
                title: [h1, h2]
                genres: .genre
                type: .type
                adult: {const: false}
                related:
                  each: .related a
                  fields:
                    relation: {const: Sequel}
                    site: {from: site}
                    id: {xpath: "@id", then: int}
                    kind: {const: anime}
                    title: {xpath: .}
                    url: {xpath: "@href", then: url}
            links: [a.next]
          list: {url: /list, links: [a]}
        """
    private static let page =
        "<h1>One</h1><p class=type>TV</p><i class=genre>A</i><i class=genre>B</i>"
        + "<p class=related><a id=7 href=/anime/7>Two</a></p><a class=next href=/anime/8></a>"
    private static let row =
        #"{"file": "a.html", "url": "https://anime.example/anime/5", "page": "anime", "links": ["anime 0 https://anime.example/anime/8"], "#
        + #""items": [{"_id": "test:5", "site": "test", "id": 5, "url": "https://anime.example/anime/5", "title": "One", "type": "TV", "#
        + #""genres": ["A", "B"], "adult": false, "related": [{"relation": "Sequel", "site": "test", "id": 7, "kind": "anime", "#
        + #""title": "Two", "url": "https://anime.example/anime/7"}]}]}"#

    /// Runs the spider on one page.
    private func contract(_ row: String, page: String = page) throws -> SpiderContract {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("contract-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let fixtures = folder.appendingPathComponent("fixtures/test")
        try FileManager.default.createDirectory(at: fixtures, withIntermediateDirectories: true)
        try Data(Self.spider.utf8).write(to: folder.appendingPathComponent("test.yaml"))
        try Data(row.utf8).write(to: fixtures.appendingPathComponent("expected.jsonl"))
        try Data(page.utf8).write(to: fixtures.appendingPathComponent("a.html"))
        return SpiderContract(
            try SpiderFixtures.extractor("test", spiders: folder.path),
            fixtures: try FixtureFolder(site: "test", spiders: folder.path), file: "\(folder.path)/test.yaml")
    }

    private func texts(_ contract: SpiderContract) -> [String] {
        contract.pages.flatMap(\.differences).map { difference in
            let place = difference.rule.map { " :\($0.line):\($0.column)" } ?? ""
            return "\(difference.field): \(difference.expected ?? "-") / \(difference.found ?? "-")\(place)"
        }
    }

    @Test("a page read as expected has no difference; fields left out are expected to be empty")
    func met() throws {
        #expect(texts(try contract(Self.row)).isEmpty)
    }

    @Test("a difference names the field, what was expected and found, and the rule's place")
    func differences() throws {
        let title = Self.page.replacing("One", with: "Won").replacing("Two", with: "Too")
        #expect(
            texts(try contract(Self.row, page: title)) == [
                #"entry test:5 title: "One" / "Won" :12:9"#, #"entry test:5 related[0].title: "Two" / "Too" :23:13"#,
            ])
        #expect(
            texts(try contract(Self.row.replacing(#""TV""#, with: #""OVA", "score": 7.5"#))) == [
                #"entry test:5 type: "OVA" / "TV" :14:9"#, "entry test:5 score: 7.5 / null :8:7",
            ])
        #expect(
            texts(try contract(Self.row, page: Self.page.replacing("<i class=genre>B</i>", with: ""))) == [
                #"entry test:5 genres: ["A","B"] / ["A"] :13:9"#
            ])
        #expect(
            texts(try contract(Self.row, page: Self.page.replacing("anime/8", with: "anime/9"))) == [
                #"link: "anime 0 https://anime.example/anime/8" / - :25:13"#,
                #"link: - / "anime 0 https://anime.example/anime/9" :25:13"#,
            ])
    }

    @Test("a missing item is named with the reason why it was dropped, and an unexpected one by its rule")
    func items() throws {
        let lost = texts(try contract(Self.row, page: Self.page.replacing("<h1>One</h1>", with: "")))
        #expect(lost.contains { $0.hasPrefix("dropped: - / \"missing_field: ") && $0.contains("title") }, "\(lost)")
        #expect(lost.contains { $0.hasPrefix("item test:5: {") && $0.hasSuffix(" / - :8:7") }, "\(lost)")
        let moved = Self.row.replacing("test:5", with: "test:6")
        #expect(texts(try contract(moved)).contains { $0.hasPrefix("item test:5: - / {") && $0.hasSuffix(":8:7") })
    }

    @Test("page kinds, fields and ways that no page shows are named, each once")
    func coverage() throws {
        let coverage = try contract(Self.row, page: Self.page.replacing(" class=type", with: "")).coverage
        #expect(
            coverage.gaps.map { "\($0.subject) \($0.name) :\($0.place.line)" } == [
                "way anime entry.title, way 2 of 2 :12", "field anime entry.type :14",
                "page list :26",
            ])
        #expect(try contract(Self.row, page: Self.page).coverage.gaps.map(\.place.line) == [12, 26])
        #expect(coverage.usedRules == coverage.rules - 3)
    }

    @Test("expecting what is read makes the page right, and leaves all other lines as they were")
    func update() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("update-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let fixtures = folder.appendingPathComponent("fixtures/test")
        try FileManager.default.createDirectory(at: fixtures, withIntermediateDirectories: true)
        try Data(Self.spider.utf8).write(to: folder.appendingPathComponent("test.yaml"))
        try Data(Self.page.utf8).write(to: fixtures.appendingPathComponent("a.html"))
        let other = Self.row.replacing("anime/5\", \"page", with: "anime/5\",   \"page")
        try Data("\(other)\n\(Self.row.replacing("One", with: "Won"))\n".utf8)
            .write(to: fixtures.appendingPathComponent("expected.jsonl"))
        func read() throws -> (SpiderContract, FixtureFolder) {
            let folderOfPages = try FixtureFolder(site: "test", spiders: folder.path)
            let extractor = try SpiderFixtures.extractor("test", spiders: folder.path)
            return (SpiderContract(extractor, fixtures: folderOfPages, file: ""), folderOfPages)
        }
        var (contract, pages) = try read()
        #expect(contract.pages.map(\.isMet) == [true, false])
        try pages.replace([1: try #require(contract.pages[1].update)])
        #expect(try read().0.pages.map(\.isMet) == [true, true])
        let text = try String(contentsOf: fixtures.appendingPathComponent("expected.jsonl"), encoding: .utf8)
        #expect(text.hasPrefix(other + "\n"))
    }

    @Test(
        "a line that is wrong is named with file, line and the expected form",
        arguments: [
            ("{", "not JSON; expected one object on a line"),
            (#"{"fiel": "a.html"}"#, "unknown key 'fiel'; did you mean 'file'?"),
            (#"{"file": "../a.html", "url": "https://a.example/"}"#, "file: expected the name of a file"),
            (#"{"file": "a.html", "url": "/anime/5"}"#, "url: expected an address such as"),
            (#"{"file": "a.html", "url": "https://a.example/", "status": "ok"}"#, "status: expected an HTTP status"),
            (#"{"file": "a.html", "url": "https://a.example/", "items": {}}"#, "items: expected a list of objects"),
            (#"{"file": "a.html", "url": "https://a.example/", "links": [1]}"#, "links: expected a list of texts"),
        ])
    func lines(_ line: String, _ message: String) throws {
        let error = #expect(throws: FixtureError.self) { try contract("\n" + line) }
        #expect("\(try #require(error))".contains("fixtures/test/expected.jsonl:2: \(message)"), "\(error as Any)")
    }

    @Test("a page that is not there is no crash but a failure of its own")
    func missing() throws {
        let page = try #require(try contract(Self.row.replacing("a.html", with: "b.html")).pages.first)
        #expect(!page.isMet && page.update == nil)
        #expect(page.failure?.description.contains("b.html: cannot be read") == true)
    }
}
