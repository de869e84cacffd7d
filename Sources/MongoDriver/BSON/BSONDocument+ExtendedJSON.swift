import CMongoC

/// Which form of MongoDB's extended JSON, version 2, to write.
public enum ExtendedJSONForm: Sendable {
    /// Every type is kept: `{"n": {"$numberInt": "1"}}`.
    case canonical
    /// Plain JSON where it loses little: `{"n": 1}`.
    case relaxed
}

extension BSONDocument {
    /// Reads extended JSON of either form.
    ///
    /// - Throws: `.invalidBSON` with libbson's reason, and what `init(bson:)` throws.
    public init(extendedJSON text: String) throws(MongoError) {
        guard text.utf8.count <= 4 * BSONLimits.documentBytes else {
            throw MongoError(.limitExceeded, "extended JSON of \(text.utf8.count) bytes")
        }
        var reason = bson_error_t()
        var text = text
        let parsed = text.withUTF8 { bson_new_from_json($0.baseAddress, $0.count, &reason) }
        guard let parsed else { throw MongoError(.invalidBSON, reason.text) }
        defer { bson_destroy(parsed) }
        self = try BSONDocument(borrowing: parsed)
    }

    /// The document as extended JSON.
    ///
    /// - Throws: what `bson()` throws, and `.invalidBSON` when libbson cannot write it.
    public func extendedJSON(_ form: ExtendedJSONForm = .relaxed) throws(MongoError) -> String {
        try withBorrowedBSON(try bson()) { (document) throws(MongoError) in
            var length = 0
            let text =
                switch form {
                case .canonical: bson_as_canonical_extended_json(document, &length)
                case .relaxed: bson_as_relaxed_extended_json(document, &length)
                }
            guard let text else { throw MongoError(.invalidBSON, "libbson could not write the document as JSON") }
            defer { bson_free(text) }
            return String(decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self)
        }
    }
}
