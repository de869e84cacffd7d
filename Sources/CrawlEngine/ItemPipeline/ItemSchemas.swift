public import CrawlDomain
import Foundation
import WebStandards

/// The schema of every item type, read from `schemas/`.
public struct ItemSchemas: Sendable {
    private let schemas: [ItemType: JSONSchema]
    /// The schemas without supplements, which most items do not have.
    private let cores: [ItemType: JSONSchema]

    /// Takes schemas as they are.
    public init(_ schemas: [ItemType: JSONSchema]) {
        self.schemas = schemas
        cores = Dictionary(
            uniqueKeysWithValues: schemas.map { type, schema in
                (type, schema.limited { !type.supplements.contains($0) })
            })
    }

    /// Reads `entries.json`, `reviews.json` and `users.json` in a folder.
    ///
    /// - Throws: When a file is missing, no JSON, or uses a keyword MongoDB does not know.
    public init(directory: String) throws(ItemSchemaError) {
        var schemas: [ItemType: JSONSchema] = [:]
        for type in ItemType.allCases {
            let path = "\(directory)/\(type.schemaName).json"
            guard let data = FileManager.default.contents(atPath: path) else {
                throw ItemSchemaError(code: .unreadable, place: path, message: "the file cannot be read")
            }
            schemas[type] = try JSONSchema(bytes: Array(data), name: path)
        }
        self.init(schemas)
    }

    /// The part of a type's schema that an item with these fields must keep.
    func schema(of type: ItemType, naming fields: JSONObject, isAddition: Bool) -> JSONSchema {
        if isAddition { return self[type].limited { fields[$0] != nil } }
        let named = type.supplements.filter { fields[$0] != nil }
        if named.isEmpty { return cores[type] ?? .nothing }
        return self[type].limited { !type.supplements.contains($0) || named.contains($0) }
    }

    /// The schema of a type; one that refuses everything when there is none.
    public subscript(type: ItemType) -> JSONSchema { schemas[type] ?? .nothing }
}

extension JSONSchema {
    static var nothing: JSONSchema {
        var schema = JSONSchema()
        schema.types = []
        return schema
    }

    /// The schema of an object that has only the properties named so; the others are unknown to it.
    func limited(to isIncluded: (String) -> Bool) -> JSONSchema {
        guard properties.contains(where: { !isIncluded($0.name) }) else { return self }
        var schema = self
        schema.properties = properties.filter { isIncluded($0.name) }
        schema.required = required.filter(isIncluded)
        return schema
    }
}
