import MongoDriver

/// Makes the server hold a collection to its schema: strict, and a violation is an error.
struct SchemaInstaller {
    let database: MongoDatabase

    func install(_ schema: CollectionSchema) async throws(MongoError) {
        let validator: BSONDocument = ["$jsonSchema": .document(schema.document)]
        do {
            try await database.createCollection(schema.collection, validator: validator)
        } catch  where error.code == .namespaceExists {
            try await database.setValidator(validator, of: schema.collection)
        }
    }
}
