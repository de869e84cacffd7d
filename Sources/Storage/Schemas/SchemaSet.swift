public import Foundation
public import MongoDriver
import WebStandards

/// Why `schemas/` could not be read.
public struct SchemaError: Error, Sendable, CustomStringConvertible {
    /// The file.
    public let file: String
    /// What is wrong with it.
    public let reason: String

    /// The file, then what is wrong.
    public var description: String { "\(file): \(reason)" }
}

/// One collection's schema, as its file says it.
public struct CollectionSchema: Sendable {
    /// The collection; also the file's name without its ending.
    public let collection: String
    /// A schema in MongoDB's `$jsonSchema` dialect.
    public let document: BSONDocument
}

/// All schemas of a folder, one file per collection.
public struct SchemaSet: Sendable {
    /// Sorted by collection.
    public let schemas: [CollectionSchema]

    /// Reads one file per collection: `entries.json` and so on.
    public init(folder: URL) throws(SchemaError) {
        var schemas: [CollectionSchema] = []
        for name in CollectionName.allCases.map(\.rawValue).sorted() {
            let file = folder.appendingPathComponent("\(name).json")
            guard let bytes = try? Data(contentsOf: file) else {
                throw SchemaError(file: file.path, reason: "cannot be read; the folder of schemas is not complete")
            }
            schemas.append(
                CollectionSchema(collection: name, document: try Self.document(Array(bytes), file: file.path)))
        }
        self.schemas = schemas
    }

    private static func document(_ bytes: [UInt8], file: String) throws(SchemaError) -> BSONDocument {
        do {
            guard case .object(let object) = try JSONValue(parsing: bytes) else {
                throw SchemaError(file: file, reason: "is not a JSON object")
            }
            return BSONDocument(object)
        } catch let error as SchemaError {
            throw error
        } catch {
            throw SchemaError(file: file, reason: "\(error)")
        }
    }
}
