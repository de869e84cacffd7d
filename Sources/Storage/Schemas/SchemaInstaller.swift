import MongoDriver

/// Makes the server hold a collection to its schema: strict, and a violation is an error.
///
/// What stands is left as it is. Changing a validator waits for every transaction on the collection, and one whose program was killed lasts a
/// minute.
struct SchemaInstaller {
    let database: MongoDatabase
    /// Collection → the validator that stands.
    private let standing: [String: BSONDocument]

    init(database: MongoDatabase) async throws(MongoError) {
        self.database = database
        var standing: [String: BSONDocument] = [:]
        for collection in try await database.collections() {
            guard let name = collection["name"]?.stringValue else { continue }
            standing[name] = collection["options"]?.documentValue?["validator"]?.documentValue ?? [:]
        }
        self.standing = standing
    }

    func install(_ schema: CollectionSchema) async throws(MongoError) {
        let validator: BSONDocument = ["$jsonSchema": .document(schema.document)]
        guard standing[schema.collection] != validator else { return }
        do {
            try await database.createCollection(schema.collection, validator: validator)
        } catch  where error.code == .namespaceExists {
            try await database.setValidator(validator, of: schema.collection)
        }
    }
}
