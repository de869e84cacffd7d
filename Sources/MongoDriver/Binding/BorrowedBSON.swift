import CMongoC

/// Lends bytes to libbson without a copy; the pointer is valid within `body` only.
func withBorrowedBSON<Value, Failure: Error>(
    _ bytes: [UInt8], _ body: (OpaquePointer) throws(Failure) -> Value
) throws(Failure) -> Value {
    let result = bytes.withUnsafeBytes { content in
        withStackBSON { document in
            Result { () throws(Failure) in
                _ = bson_init_static(document, content.baseAddress, content.count)
                return try body(document)
            }
        }
    }
    return try result.get()
}

/// Lends the bytes of one document, or null for none, as libmongoc's options want.
func withBorrowedBSON<Value, Failure: Error>(
    optional bytes: [UInt8]?, _ body: (OpaquePointer?) throws(Failure) -> Value
) throws(Failure) -> Value {
    guard let bytes else { return try body(nil) }
    return try withBorrowedBSON(bytes) { (document) throws(Failure) in try body(document) }
}

/// Lends an uninitialised `bson_t`, which libmongoc fills; it is destroyed after `body`.
func withReply<Value, Failure: Error>(_ body: (OpaquePointer) throws(Failure) -> Value) throws(Failure) -> Value {
    let result = withStackBSON { reply in
        bson_init(reply)
        defer { bson_destroy(reply) }
        return Result { () throws(Failure) in try body(reply) }
    }
    return try result.get()
}

private func withStackBSON<Value>(_ body: (OpaquePointer) -> Value) -> Value {
    let size = Int(CMONGOC_BSON_SIZE)
    return withUnsafeTemporaryAllocation(byteCount: size, alignment: Int(CMONGOC_BSON_ALIGNMENT)) { memory in
        // A temporary allocation of a size above zero always has an address.
        body(OpaquePointer(memory.baseAddress.unsafelyUnwrapped))
    }
}

extension BSONDocument {
    /// Copies what libbson holds into a value of ours.
    init(borrowing document: OpaquePointer, limit: Int = BSONLimits.messageBytes) throws(MongoError) {
        let length = Int(libBSONLength(document))
        self = try BSONReader.document(
            in: UnsafeRawBufferPointer(start: bson_get_data(document), count: length), limit: limit)
    }
}

/// `bson_t`'s length stands in the first four bytes of its data, as the format says; the struct itself is opaque here.
private func libBSONLength(_ document: OpaquePointer) -> Int32 {
    guard let data = bson_get_data(document) else { return 0 }
    return Int32(littleEndian: UnsafeRawPointer(data).loadUnaligned(as: Int32.self))
}

extension bson_error_t {
    /// The text of an error that libbson or libmongoc filled in.
    var text: String {
        withUnsafeBytes(of: message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
