import Testing
import WebStandards

@testable import CrawlEngine

@Suite("JSONSchema")
struct JSONSchemaTests {
    private func violations(_ schema: JSONValue, _ value: JSONValue) throws -> [String] {
        try JSONSchema(schema, name: "t").violations(of: value).map { "\($0.path) \($0.rule)" }
    }

    @Test(
        "each keyword is checked",
        arguments: [
            (["bsonType": "string"], "a", []), (["bsonType": "string"], 1, [" bsonType"]),
            (["bsonType": ["int", "null"]], .null, []),
            (["bsonType": "int"], 5_000_000_000, [" bsonType"]), (["bsonType": "long"], 5_000_000_000, []),
            (["bsonType": "number"], 1.5, []),
            (["bsonType": "double"], 1, [" bsonType"]), (["minimum": 1, "exclusiveMinimum": true], 1, [" minimum"]),
            (["minimum": 1], 1, []),
            (["maximum": 10], 11, [" maximum"]), (["minLength": 2], "ä", [" minLength"]),
            (["maxLength": 2], "äöü", [" maxLength"]),
            (["pattern": "^a+$"], "aab", [" pattern"]), (["pattern": "^a+$"], "aa", []),
            (["enum": ["a", .null]], .null, []), (["enum": ["a"]], "b", [" enum"]),
            (["minItems": 1], [], [" minItems"]), (["uniqueItems": true], [1, 1], [" uniqueItems"]),
            (["items": ["bsonType": "int"]], [1, "a"], ["1 bsonType"]),
            (["required": ["a"]], [:], ["a required"]),
            (["additionalProperties": false, "properties": ["a": [:]]], ["a": 1, "b": 2], ["b additionalProperties"]),
            (["additionalProperties": ["bsonType": "int"]], ["b": "x"], ["b bsonType"]),
            (["properties": ["a": ["properties": ["b": ["bsonType": "int"]]]]], ["a": ["b": "x"]], ["a/b bsonType"]),
            (["anyOf": [["bsonType": "int"], ["bsonType": "string"]]], true, [" anyOf"]),
            (["oneOf": [["minimum": 0], ["maximum": 9]]], 5, [" oneOf"]),
            (["allOf": [["minimum": 0], ["maximum": 3]]], 5, [" maximum"]),
            (["not": ["bsonType": "null"]], .null, [" not"]),
            (["title": "t", "description": "d"], 1, []),
        ] as [(JSONValue, JSONValue, [String])])
    func keywords(schema: JSONValue, value: JSONValue, expected: [String]) throws {
        #expect(try violations(schema, value) == expected)
    }

    @Test(
        "what MongoDB would refuse is refused when the schema is read",
        arguments: [
            ["$ref": "#"], ["format": "date"], ["default": 1], ["examples": []], ["type": "integer"],
            ["bsonType": "text"], ["required": []], ["minLength": -1],
            ["properties": ["a": ["foo": 1]]], ["pattern": "("], ["enum": []], 5,
        ] as [JSONValue])
    func refused(schema: JSONValue) {
        #expect(throws: ItemSchemaError.self) { try JSONSchema(schema, name: "t") }
    }

    @Test("a violation says where, which rule and what was expected")
    func message() throws {
        let schema = try JSONSchema(["properties": ["score": ["maximum": 10]]], name: "t")
        #expect(
            schema.violations(of: ["score": 11]).map(\.description) == [
                "score: maximum: expected at most 10.0, found 11.0"
            ])
    }
}
