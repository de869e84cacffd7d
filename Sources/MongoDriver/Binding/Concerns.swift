import CMongoC

/// libmongoc's read and write concerns, lent.
enum Concerns {
    /// A majority of the members has the write in its journal: the only level whose acknowledgement is never taken back.
    static func withMajorityWrite<Value>(timeout: Duration, _ body: (OpaquePointer) -> Value) -> Value {
        let concern: OpaquePointer = mongoc_write_concern_new()
        defer { mongoc_write_concern_destroy(concern) }
        mongoc_write_concern_set_wmajority(concern, Int32(clamping: timeout.milliseconds))
        mongoc_write_concern_set_journal(concern, true)
        return body(concern)
    }

    /// A read concern of this level.
    static func withRead<Value>(_ level: String, _ body: (OpaquePointer) -> Value) -> Value {
        let concern: OpaquePointer = mongoc_read_concern_new()
        defer { mongoc_read_concern_destroy(concern) }
        mongoc_read_concern_set_level(concern, level)
        return body(concern)
    }
}
