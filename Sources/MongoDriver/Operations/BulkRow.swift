import CMongoC

/// A row of a bulk write, checked and encoded before it reaches a lane.
enum BulkRow: Sendable {
    case insert([UInt8])
    case update([UInt8], [UInt8], options: [UInt8], isMany: Bool)
    case replace([UInt8], [UInt8], options: [UInt8])
    case delete([UInt8], isMany: Bool)

    /// - Parameter expecting: How many bytes a document to store will about have.
    /// - Throws: what `bson()` throws, and `.invalidBSON` for keys that would act as operators; `.invalidArgument` for an
    ///   update that has none.
    init(_ model: WriteModel, expecting: Int = 256) throws(MongoError) {
        switch model {
        case .insertOne(let document): self = .insert(try BSONWriter.storedBytes(of: document, expecting: expecting))
        case .updateOne(let filter, let update, let options):
            self = try Self.update(filter, update, options, isMany: false)
        case .updateMany(let filter, let update, let options):
            self = try Self.update(filter, update, options, isMany: true)
        case .replaceOne(let filter, let document, let options):
            self = .replace(
                try filter.bson(), try BSONWriter.storedBytes(of: document, expecting: expecting),
                options: try options.encoded())
        case .deleteOne(let filter): self = .delete(try filter.bson(), isMany: false)
        case .deleteMany(let filter): self = .delete(try filter.bson(), isMany: true)
        }
    }

    private static func update(
        _ filter: BSONDocument, _ update: Update, _ options: UpdateOptions, isMany: Bool
    ) throws(MongoError) -> BulkRow {
        .update(try filter.bson(), try update.checked().bson(), options: try options.encoded(), isMany: isMany)
    }

    /// Bytes of the document it stores; 0 for a row that stores none.
    var storedCount: Int {
        switch self {
        case .insert(let document), .replace(_, let document, _): document.count
        case .update, .delete: 0
        }
    }

    /// What finds the documents that it changes; nil for an insert.
    var question: BSONDocument? {
        switch self {
        case .insert: nil
        case .update(let filter, _, _, _), .replace(let filter, _, _), .delete(let filter, _):
            try? BSONDocument(bson: filter)
        }
    }

    /// Adds the row to libmongoc's bulk, which copies it.
    func append(to bulk: OpaquePointer) throws(MongoError) {
        var reason = bson_error_t()
        let isTaken =
            switch self {
            case .insert(let document):
                withBorrowedBSON(document) { document in
                    withBorrowedBSON(Self.unchecked) {
                        mongoc_bulk_operation_insert_with_opts(bulk, document, $0, &reason)
                    }
                }
            case .update(let filter, let update, let options, let isMany):
                Self.withThree(filter, update, options) {
                    isMany
                        ? mongoc_bulk_operation_update_many_with_opts(bulk, $0, $1, $2, &reason)
                        : mongoc_bulk_operation_update_one_with_opts(bulk, $0, $1, $2, &reason)
                }
            case .replace(let filter, let document, let options):
                Self.withThree(filter, document, options) {
                    mongoc_bulk_operation_replace_one_with_opts(bulk, $0, $1, $2, &reason)
                }
            case .delete(let filter, let isMany):
                withBorrowedBSON(filter) {
                    isMany
                        ? mongoc_bulk_operation_remove_many_with_opts(bulk, $0, nil, &reason)
                        : mongoc_bulk_operation_remove_one_with_opts(bulk, $0, nil, &reason)
                }
            }
        guard isTaken else { throw MongoError(reason) }
    }

    /// `{validate: false}`: libmongoc need not walk again what the writer has just built.
    private static let unchecked: [UInt8] = [0x10, 0, 0, 0, 0x08] + Array("validate".utf8) + [0, 0, 0]

    private static func withThree(
        _ first: [UInt8], _ second: [UInt8], _ third: [UInt8],
        _ body: (OpaquePointer, OpaquePointer, OpaquePointer) -> Bool
    ) -> Bool {
        withBorrowedBSON(first) { first in
            withBorrowedBSON(second) { second in withBorrowedBSON(third) { body(first, second, $0) } }
        }
    }
}

extension UpdateOptions {
    /// The fields that both bulk rows and `findAndModify` understand.
    var document: BSONDocument {
        .present([
            "upsert": upsert ? true : nil,
            "arrayFilters": arrayFilters.isEmpty ? nil : .array(arrayFilters.map(BSONValue.document)),
            "hint": hint, "collation": collation.map(BSONValue.document),
        ])
    }

    fileprivate func encoded() throws(MongoError) -> [UInt8] {
        var document = document
        document["validate"] = false
        return try document.bson()
    }
}

extension Update {
    /// The update in the form libmongoc wants; a pipeline becomes a document with the keys 0, 1, ….
    ///
    /// - Throws: `.invalidArgument` for an update without operators, which the server would take for a replacement.
    func checked() throws(MongoError) -> BSONDocument {
        switch self {
        case .operators(let document):
            guard !document.isEmpty, document.fields.allSatisfy({ $0.key.utf8.first == UInt8(ascii: "$") }) else {
                throw MongoError(.invalidArgument, "an update consists of operators such as $set")
            }
            return document
        case .pipeline(let stages):
            guard !stages.isEmpty else { throw MongoError(.invalidArgument, "an update pipeline has a stage") }
            return .array(stages)
        }
    }
}

extension BSONDocument {
    /// An array in the form libbson knows: a document with the keys 0, 1, ….
    static func array(_ documents: [BSONDocument]) -> BSONDocument {
        BSONDocument(
            uniqueFields: documents.enumerated().map { Field(key: String($0.offset), value: .document($0.element)) })
    }
}
