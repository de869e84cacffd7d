import CMongoC

extension LaneClient {
    /// Begins a transaction with snapshot reads and majority, journalled writes, said explicitly each time.
    ///
    /// A snapshot read concern is a snapshot only together with write concern majority, even for transactions that only read.
    func startTransaction(commitTimeLimit: Duration, writeConcernTimeout: Duration) throws(MongoError) {
        let session = try openSession()
        let options = mongoc_transaction_opts_new()
        defer { mongoc_transaction_opts_destroy(options) }
        Concerns.withRead("snapshot") { mongoc_transaction_opts_set_read_concern(options, $0) }
        Concerns.withMajorityWrite(timeout: writeConcernTimeout) {
            mongoc_transaction_opts_set_write_concern(options, $0)
        }
        mongoc_transaction_opts_set_max_commit_time_ms(options, commitTimeLimit.milliseconds)
        var reason = bson_error_t()
        guard mongoc_client_session_start_transaction(session, options, &reason) else { throw MongoError(reason) }
    }

    /// Commits once; libmongoc itself repeats it once after a network error.
    func commitTransaction() throws(MongoError) {
        let session = try openSession()
        try timer.time {
            OperationShape(name: "commitTransaction", namespace: "")
        } _: { () throws(MongoError) in
            try withReply { (reply) throws(MongoError) in
                var reason = bson_error_t()
                guard mongoc_client_session_commit_transaction(session, reply, &reason) else {
                    throw MongoError(reason, reply: (try? BSONDocument(borrowing: reply)) ?? [:])
                }
            }
        }
    }

    /// Aborts an open transaction; a failure does not matter, because the server drops what is not committed.
    func abortTransaction() {
        guard let session = try? openSession(), mongoc_client_session_in_transaction(session) else { return }
        _ = mongoc_client_session_abort_transaction(session, nil)
    }
}
