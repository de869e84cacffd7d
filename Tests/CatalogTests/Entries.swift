import Catalog
import Testing
import WebStandards

/// An entry of the demo site as it is stored, with what a test says of it.
func entry(
    _ id: Int, title: String? = nil, type: String = "TV", aired: String? = nil, related: [(String, Int)] = [],
    kind: String = "anime", synopsis: String? = nil, openings: [String] = [], endings: [String] = []
) throws -> CatalogEntry {
    let rows = related.map { relation, target in
        JSONValue.object([
            "relation": .string(relation), "site": "demo", "id": .int(Int64(target)), "kind": .string(kind),
        ])
    }
    let fields: JSONObject = [
        "_id": .string("demo:\(id)"), "site": "demo", "id": .int(Int64(id)), "title": .string(title ?? "Entry \(id)"),
        "type": .string(type), "aired": .object(["from": aired.map(JSONValue.string) ?? .null]),
        "related": .array(rows),
        "synopsis": synopsis.map(JSONValue.string) ?? .null, "openings": .array(openings.map(JSONValue.string)),
        "endings": .array(endings.map(JSONValue.string)), "img_url": .string("https://images.example/\(id).jpg"),
    ]
    return try #require(CatalogEntry(fields: fields))
}
