extension BSONDocument {
    /// Reads one document from its BSON bytes, trusting nothing.
    ///
    /// - Throws: `.invalidBSON` for lengths, UTF-8 or ends that are wrong and for repeated keys, `.limitExceeded` beyond
    ///   `BSONLimits`, `.unsupportedType` for JavaScript code and deprecated types; `fieldPath` tells where.
    public init(bson bytes: [UInt8]) throws(MongoError) {
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(MongoError) in try BSONReader.document(in: buffer) }
        }
        self = try result.get()
    }

    /// The document's BSON bytes.
    ///
    /// - Throws: `.invalidBSON` for a NUL byte in a key, `.limitExceeded` beyond `BSONLimits`.
    public func bson() throws(MongoError) -> [UInt8] { try BSONWriter.bytes(of: self) }
}
