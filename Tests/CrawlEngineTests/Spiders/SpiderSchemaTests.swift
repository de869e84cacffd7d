import Foundation
import Testing
import WebStandards

@testable import CrawlEngine

/// The editor's schema of spiders against the reader: neither may know a key that the other does not.
@Suite("schemas/spider.schema.json")
struct SpiderSchemaTests {
    /// A map of the spider language: where a key nobody knows is put in, and where the schema describes it.
    struct Place: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// The spider; `?` stands for the unknown key.
        let yaml: String
        /// Keys and indices from the schema's root.
        let path: [String]

        init(_ name: String, _ yaml: String, _ path: String) {
            testDescription = name
            self.yaml = yaml
            self.path = path.split(separator: "/").map(String.init)
        }
    }

    private static let head = "site: test\nhosts: [127.0.0.1]\n"
    private static let top = "pages: {top: {url: /top, links: [a]}}\n"
    private static let item = "type: entry, id: '{site}:1', fields: {title: h1}"

    private static func site(_ yaml: String) -> String { head + top + yaml + "\n" }
    private static func page(_ yaml: String) -> String { head + "pages: {top: {url: /top, \(yaml)}}\n" }
    private static func revisit(_ yaml: String) -> String { page("item: {\(item)}, revisit: {every: 1d, \(yaml)}") }

    static let places = [
        Place("the file", site("?: 1"), ""),
        Place("terms", site("terms: {?: 1}"), "properties/terms"),
        Place("politeness", site("politeness: {?: 1}"), "properties/politeness"),
        Place("canonical", site("canonical: {?: 1}"), "properties/canonical"),
        Place("limits", site("limits: {?: 1}"), "properties/limits"),
        Place("sitemaps", site("sitemaps: {?: 1}"), "properties/sitemaps/oneOf/3"),
        Place("start", site("start: [{url: 'http://127.0.0.1/top', ?: 1}]"), "properties/start/items/oneOf/1"),
        Place("labels", site("labels: [{css: b, ?: 1}]"), "properties/labels/items"),
        Place(
            "schedules", site("schedules: [{name: a, cron: '@daily', ?: 1}]"), "definitions/schedule"),
        Place("a page kind", page("?: 1"), "definitions/page"),
        Place("an item", page("item: {\(item), ?: 1}"), "definitions/item"),
        Place("paging", page("paging: {rows: a, full: 5, parameter: p, ?: 1}"), "definitions/paging"),
        Place("continuation", page("continuation: {rows: a, full: 5, parameter: p, ?: 1}"), "definitions/paging"),
        Place("request", page("request: {?: 1}"), "definitions/page/properties/request"),
        Place("revisit", revisit("?: 1"), "definitions/revisit/oneOf/1"),
        Place(
            "a class", revisit("classes: [{name: a, when: {field: title}, every: 1d, ?: 1}]"),
            "definitions/revisit/oneOf/1/properties/classes/items"),
        Place(
            "a class's condition", revisit("classes: [{name: a, when: {field: title, ?: 1}, every: 1d}]"),
            "definitions/revisit/oneOf/1/properties/classes/items/properties/when/oneOf/0"),
    ]

    private func described(_ place: Place) throws -> Set<String> {
        let file = SpiderFixtures.root.appendingPathComponent("schemas/spider.schema.json")
        var value = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        for step in place.path {
            value = try #require(Int(step).flatMap { (value as? [Any])?[$0] } ?? (value as? [String: Any])?[step])
        }
        let properties = (value as? [String: Any])?["properties"] as? [String: Any]
        return Set(try #require(properties).keys)
    }

    @Test("it has the keys that the reader asks for, and no other", arguments: places)
    func keys(_ place: Place) throws {
        let yaml = place.yaml.replacing("?: 1", with: "zzzzzzzz: 1")
        let mistakes = try SpiderFixtures.mistakes(["test": yaml])
        let unknown = mistakes.filter { $0.contains("unknown key 'zzzzzzzz'") }
        let mistake = try #require(unknown.first, "\(mistakes)")
        let asked = mistake.split(separator: "expected one of ").last?.split(separator: ", ").map(String.init)
        #expect(Set(asked ?? []) == (try described(place)))
    }

    @Test("the options of a scheduled crawl are the reader's")
    func crawlOptions() throws {
        let place = Place("crawl", "", "definitions/schedule/properties/crawl")
        #expect(try described(place) == Set(ScheduledCrawlOption.allCases.map(\.rawValue)))
    }

    @Test("a setting that would do nothing is a mistake")
    func connections() throws {
        let mistakes = try SpiderFixtures.mistakes(["test": Self.site("politeness: {connections: 4}")])
        #expect(mistakes == ["test.yaml:4:27: expected 1: a host is asked one request at a time"])
        #expect(try SpiderFixtures.mistakes(["test": Self.site("politeness: {connections: 1}")]).isEmpty)
    }
}
