public import Foundation
public import MongoDriver
import WebStandards

/// Whole documents as a collection may hold them: `examples/NAME.json` beside the schemas, a list of them in extended JSON.
///
/// They stand apart because MongoDB refuses a schema with a keyword it does not know, such as `examples`.
public enum SchemaExamples {
    /// The examples of one collection.
    ///
    /// - Throws: ``SchemaError`` when the file is missing, holds no document, or is not extended JSON.
    public static func read(_ collection: String, folder: URL) throws(SchemaError) -> [BSONDocument] {
        var examples: [BSONDocument] = []
        for object in try objects(collection, folder: folder) {
            do throws(MongoError) {
                examples.append(try BSONDocument(extendedJSON: JSONValue.object(object).serialized()))
            } catch {
                throw SchemaError(file: file(collection, folder).path, reason: error.message)
            }
        }
        return examples
    }

    /// The examples as they are written, a field a line.
    static func texts(_ collection: String, folder: URL) throws(SchemaError) -> [String] {
        try objects(collection, folder: folder).map { object in
            let lines = object.map { "  \(JSONValue.string($0.key).serialized()): \($0.value.serialized())" }
            return "{\n\(lines.joined(separator: ",\n"))\n}"
        }
    }

    private static func objects(_ collection: String, folder: URL) throws(SchemaError) -> [JSONObject] {
        let file = file(collection, folder)
        guard let data = try? Data(contentsOf: file) else {
            throw SchemaError(file: file.path, reason: "cannot be read; every collection has examples")
        }
        let list: JSONValue
        do { list = try JSONValue(parsing: Array(data)) } catch {
            throw SchemaError(file: file.path, reason: "\(error)")
        }
        let objects = list.arrayValue?.compactMap(\.objectValue) ?? []
        guard !objects.isEmpty, objects.count == list.arrayValue?.count else {
            throw SchemaError(file: file.path, reason: "expected a list of one document or more")
        }
        return objects
    }

    private static func file(_ collection: String, _ folder: URL) -> URL {
        folder.appendingPathComponent("examples/\(collection).json")
    }
}
