import MongoDriver

/// Makes the server hold collections to their schemas: strict, and a violation is an error.
struct SchemaInstaller {
    let database: MongoDatabase

    /// Creates what is missing and changes what differs.
    ///
    /// A collection that is as it should be is not touched: to change its rules takes it from everybody, and waits for every open
    /// transaction on it, one of a dead program too, which the server ends only after a minute.
    func install(_ schemas: [CollectionSchema]) async throws(MongoError) {
        var installed: [String: BSONValue] = [:]
        for collection in try await database.collections() {
            guard let name = collection["name"]?.stringValue else { continue }
            installed[name] = collection[path: "options.validator"] ?? .null
        }
        for schema in schemas {
            let validator: BSONDocument = ["$jsonSchema": .document(schema.document)]
            guard installed[schema.collection] != .document(validator) else { continue }
            try await install(validator, on: schema.collection)
        }
    }

    private func install(_ validator: BSONDocument, on collection: String) async throws(MongoError) {
        do {
            try await database.createCollection(collection, validator: validator)
        } catch  where error.code == .namespaceExists {
            try await database.setValidator(validator, of: collection)
        }
    }
}
