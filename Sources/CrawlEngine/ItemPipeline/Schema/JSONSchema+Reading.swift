public import WebStandards

extension JSONSchema {
    /// Reads a schema.
    ///
    /// - Parameter name: How the file is called in messages.
    /// - Throws: `.unknownKeyword` for anything the database would refuse, `.invalidKeyword` for a keyword's wrong value.
    public init(_ value: JSONValue, name: String) throws(ItemSchemaError) {
        self = try SchemaReader(place: name).read(value)
    }

    /// Reads a schema file.
    public init(bytes: [UInt8], name: String) throws(ItemSchemaError) {
        do {
            try self.init(JSONValue(parsing: bytes), name: name)
        } catch let error as ItemSchemaError {
            throw error
        } catch {
            throw ItemSchemaError(code: .notJSON, place: name, message: "not readable as JSON: \(error)")
        }
    }
}
