public import CrawlDomain
import Foundation

/// The schema of every item type, read from `schemas/`.
public struct ItemSchemas: Sendable {
    private let schemas: [ItemType: JSONSchema]

    /// Takes schemas as they are.
    public init(_ schemas: [ItemType: JSONSchema]) { self.schemas = schemas }

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
        self.schemas = schemas
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
}
