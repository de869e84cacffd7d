public import MongoDriver
public import Storage

/// Takes the documents of a collection out.
public struct DocumentExport: Sendable {
    private let store: ExportStore
    private let collection: ExportedCollection
    private let schema: BSONDocument

    /// - Parameter schema: The collection's, which gives the columns of a table.
    public init(_ collection: ExportedCollection, schema: BSONDocument, from store: ExportStore) {
        (self.store, self.collection, self.schema) = (store, collection, schema)
    }

    /// Writes the documents, and puts the file in its place.
    ///
    /// - Parameters:
    ///   - site: Only documents of this site.
    ///   - since: Only what changed after this change.
    /// - Returns: What was written.
    public func write(
        _ format: DocumentFormat, site: String? = nil, since: Int? = nil, to file: OutputFile
    ) async throws -> ExportSummary {
        var summary = ExportSummary(what: collection.rawValue, format: format.rawValue, file: file.name, site: site)
        var encoder = DocumentEncoder(format, collection: collection, schema: schema, tellsDeletions: since != nil)
        try file.write(encoder.header)
        let extent = try await store.read(collection, site: site, since: since, fields: fields) { row in
            switch row {
            case .document(let document):
                summary.documents += 1
                summary.rows += try encoder.append(document)
            case .deleted(let key):
                summary.deleted += 1
                encoder.appendDeletion(of: key)
            }
            try file.write(encoder.take())
        }
        try file.commit()
        summary.bytes = file.bytes
        summary.extent = extent
        return summary
    }

    /// Pages go without their bodies, which are taken out as WARC.
    private var fields: BSONDocument? { collection == .pages ? ["body": 0] : nil }

    /// Writes what mongorestore needs to know of the collection.
    public func writeDefinition(to file: OutputFile) async throws {
        let definition = try await store.definition(of: collection)
        var document: BSONDocument = [
            "indexes": .array(definition.indexes.map(BSONValue.document)),
            "collectionName": .string(collection.rawValue),
            "type": "collection", "options": .document(definition.options),
        ]
        if let uuid = definition.uuid {
            document["uuid"] = .string(uuid.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())
        }
        try file.write(try document.extendedJSON(.canonical))
        try file.commit()
    }
}
