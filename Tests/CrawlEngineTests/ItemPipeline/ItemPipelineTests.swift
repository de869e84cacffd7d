import CrawlDomain
import Testing
import WebStandards

@testable import CrawlEngine

@Suite("ItemPipeline")
struct ItemPipelineTests {
    private let pipeline: ItemPipeline

    init() throws { pipeline = ItemPipeline(schemas: try SpiderFixtures.schemas()) }

    private let entry: JSONObject = [
        "_id": "myanimelist:5", "site": "myanimelist", "id": "5", "url": "https://myanimelist.net/anime/5",
        "title": " Cafe\u{301}\u{0} ", "type": "TV", "adult": false,
        "score": 8, "members": "1,234", "genres": "Action",
    ]

    private func item(_ fields: JSONObject, _ type: ItemType = .entry) throws -> Item {
        guard case .item(let item) = pipeline.process(fields, type: type) else {
            throw Unexpected(outcome: "\(pipeline.process(fields, type: type))")
        }
        return item
    }

    private func drop(_ fields: JSONObject, _ type: ItemType = .entry) -> Drop? {
        if case .drop(let drop) = pipeline.process(fields, type: type) { drop } else { nil }
    }

    struct Unexpected: Error { let outcome: String }

    @Test("values take the shape the schema asks for")
    func conversion() throws {
        let item = try item(entry)
        #expect(item.key == "myanimelist:5")
        #expect(item.fields["id"] == 5)
        #expect(item.fields["score"] == .double(8))
        #expect(item.fields["members"] == 1_234)
        #expect(item.fields["genres"] == ["Action"])
        #expect(item.fields["title"] == "Caf\u{E9}")
    }

    @Test("what the page did not say is null or an empty list, in the schema's order, without bookkeeping")
    func absent() throws {
        let item = try item(entry)
        #expect(item.fields["synopsis"] == .null)
        #expect(item.fields["openings"] == [])
        #expect(item.fields["fetched_at"] == .none)
        #expect(item.fields.keys.prefix(5) == ["_id", "site", "id", "url", "title"])
    }

    @Test("a missing required field is named")
    func missing() throws {
        var fields = entry
        fields["title"] = .none
        #expect(drop(fields)?.reason == .missingField)
        #expect(drop(fields)?.detail.contains("title") == true)
        fields = entry
        fields["_id"] = .none
        #expect(drop(fields)?.reason == .missingField)
    }

    @Test("a field against its rule is named")
    func violation() throws {
        var fields = entry
        fields["score"] = 12
        #expect(drop(fields)?.reason == .schemaViolation)
        #expect(drop(fields)?.detail == "score: maximum: expected at most 10.0, found 12.0")
        #expect(drop(fields)?.key == "myanimelist:5")
    }

    @Test("no key gets in that the schema does not know", arguments: ["$where", "a.b", "nul\u{0}", "other"])
    func keys(name: String) {
        var fields = entry
        fields[name] = 1
        #expect(drop(fields)?.reason == .schemaViolation)
    }

    @Test("items that are too large or too deep are dropped")
    func limits() throws {
        let small = ItemPipeline(schemas: pipeline.schemas, limits: .init(maximumBytes: 100, maximumDepth: 3))
        guard case .drop(let drop) = small.process(entry, type: .entry) else { throw Unexpected(outcome: "item") }
        #expect(drop.reason == .tooLarge)
        var fields = entry
        fields["genres"] = [[[[["a"]]]]]
        guard case .drop(let deep) = small.process(fields, type: .entry) else { throw Unexpected(outcome: "item") }
        #expect(deep.reason == .tooLarge)
    }

    @Test("the three schemas can be read and refuse unknown fields everywhere", arguments: ItemType.allCases)
    func schemas(type: ItemType) {
        func check(_ schema: JSONSchema) {
            if schema.allows(.object), !schema.properties.isEmpty { #expect(schema.additional == .refused) }
            for property in schema.properties { check(property.schema) }
            if let element = schema.element { check(element) }
        }
        #expect(!pipeline.schemas[type].properties.isEmpty)
        check(pipeline.schemas[type])
    }
}
