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

        /// Keys the schema has that are not asked for here.
        let less: Set<String>
        /// The keys that go together here; all when nil.
        let only: Set<String>?

        init(_ name: String, _ yaml: String, _ path: String, less: [String] = [], only: Set<String>? = nil) {
            (self.less, self.only) = (Set(less), only)
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
    private static func field(_ yaml: String) -> String {
        page("item: {type: entry, id: '{site}:1', fields: {title: \(yaml)}}")
    }
    /// What says how one value is found, where several ways are listed instead.
    private static let sources =
        RuleReader.sourceKeys + [
            "inside", "include", "select", "without", "until", "as", "when", "unless",
        ]
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
        Place(
            "look-up", field("{css: b, then: {look-up: a, by: b, take: c, ?: 1}}"), "definitions/converter/oneOf/1",
            only: ["look-up", "by", "take"]),
        Place("a way", field("[{css: b, ?: 1}]"), "definitions/way/oneOf/1"),
        Place("a field", field("{css: b, ?: 1}"), "definitions/field/oneOf/2", less: ["all", "any"]),
        Place("a field of several ways", field("{any: [b], ?: 1}"), "definitions/field/oneOf/2", less: Self.sources),
        Place("each", page("item: {\(item), each: {css: b, ?: 1}}"), "definitions/way/oneOf/1"),
        Place("a condition", page("when: {css: b, ?: 1}"), "definitions/condition/oneOf/2"),
        Place("a verdict", page("verdicts: [{drop: gone, css: b, ?: 1}]"), "definitions/verdicts/items"),
        Place("a link", page("links: [{css: b, ?: 1}]"), "definitions/link/oneOf/1"),
        Place(
            "follow", page("links: [{css: b, follow: {at-least: 1, ?: 1}}]"),
            "definitions/link/oneOf/1/properties/follow/oneOf/1"),
        Place(
            "map", field("{css: b, then: {map: {a: b}, ?: 1}}"), "definitions/converter/oneOf/1",
            only: ["map", "otherwise"]),
        Place(
            "short-dates", field("{css: b, then: {short-dates: [a], ?: 1}}"), "definitions/converter/oneOf/1",
            only: ["short-dates", "evidence"]),
        Place("revisit", revisit("?: 1"), "definitions/revisit/oneOf/1"),
        Place(
            "a class", revisit("classes: [{name: a, when: {field: title}, every: 1d, ?: 1}]"),
            "definitions/revisit/oneOf/1/properties/classes/items"),
        Place(
            "a class's condition", revisit("classes: [{name: a, when: {field: title, ?: 1}, every: 1d}]"),
            "definitions/item-condition"),
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
        let described = try described(place)
        #expect(Set(asked ?? []).subtracting(place.less) == (place.only ?? described.subtracting(place.less)))
        #expect(place.only?.isSubset(of: described) ?? true)
    }

    private func schema() throws -> JSONValue {
        let file = SpiderFixtures.root.appendingPathComponent("schemas/spider.schema.json")
        return try JSONValue(parsing: [UInt8](Data(contentsOf: file)))
    }

    static var sites: [String] { (try? SpiderFixtures.loader().sites) ?? [] }

    @Test(
        "every spider is valid by it, and says on its first line where it is, so that editors complete keys",
        arguments: sites)
    func spiders(_ site: String) throws {
        let validator = SchemaValidator(root: try schema())
        #expect(validator.mistakes(try YAMLTree.spider(site)) == [])
        let file = SpiderFixtures.root.appendingPathComponent("Spiders/\(site).yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.hasPrefix("# yaml-language-server: $schema=../schemas/spider.schema.json\n"))
    }

    @Test("it uses only what is checked here")
    func keywords() throws {
        #expect(SchemaValidator.keywords(in: try schema()).subtracting(SchemaValidator.keywords) == [])
    }

    @Test("every key has a description that editors show, of a sentence of its own")
    func descriptions() throws {
        let schema = try schema()
        let properties = YAMLTree.paths(in: schema).filter { path in
            path.count > 1 && path[path.count - 2] == .key("properties")
        }
        #expect(properties.count > 150)
        for path in properties {
            let texts = descriptions(of: path[...], in: schema, root: schema)
            #expect(texts.contains { $0.count > 8 && $0.hasSuffix(".") || $0.contains(":") }, "\(path)")
        }
    }

    /// What is said of the value at a path, and of the definition it refers to.
    private func descriptions(of path: ArraySlice<YAMLTree.Step>, in value: JSONValue, root: JSONValue) -> [String] {
        switch path.first {
        case .key(let name): return descriptions(of: path.dropFirst(), in: value[name] ?? .null, root: root)
        case .index(let index): return descriptions(of: path.dropFirst(), in: value[index] ?? .null, root: root)
        case nil:
            let target = value["$ref"]?.stringValue?.split(separator: "/").last.map(String.init)
            let others = target.map { descriptions(of: [.key("definitions"), .key($0)], in: root, root: root) } ?? []
            return [value["description"]?.stringValue].compactMap(\.self) + others
        }
    }

    @Test("what the reader refuses for its type or spelling, editors mark too")
    func refused() throws {
        let validator = SchemaValidator(root: try schema())
        let yaml =
            "site: a\nhosts: [b.example]\npages:\n  x:\n    url: /x\n    item: {type: entry, id: 'a', fields: {title: h1}}\n"
        #expect(validator.mistakes(try YAMLTree.read(Array(yaml.utf8))) == [])
        for (right, wrong) in [
            ("url: /x", "ulr: /x"), ("type: entry", "type: entri"), ("title: h1", "title: {css: h1, then: intt}"),
            ("title: h1", "title: {css: h1, as: txt}"), ("site: a", "site: A b"),
            ("title: h1", "title: {css: h1, then: {macth: a}}"),
            ("url: /x", "url: /x\n    revisit: 3"), ("hosts: [b.example]", "hosts: {a: b}"),
        ] {
            #expect(
                validator.mistakes(try YAMLTree.read(Array(yaml.replacing(right, with: wrong).utf8))) != [], "\(wrong)")
        }
    }

    @Test("converters are the registry's: by name alone those without an argument, as keys those with one")
    func converters() throws {
        let schema = try schema()["definitions"]?["converter"]?["oneOf"]
        let alone = Set(schema?[0]?["oneOf"]?.arrayValue?.compactMap { $0["const"]?.stringValue } ?? [])
        let keys = Set(schema?[1]?["properties"]?.objectValue?.keys ?? []).subtracting([
            "otherwise", "evidence", "by", "take",
        ])
        #expect(alone.union(keys) == Set(ConverterRegistry.standard.names))
        for name in ConverterRegistry.standard.names {
            let found = try SpiderFixtures.mistakes(["test": Self.field("{css: b, then: \(name)}")])
            #expect(found.isEmpty == alone.contains(name), "\(name): \(found)")
        }
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
