import CMongoC

/// Owns libmongoc's client pool and the connection string; freed when the last lane and the client have let go.
///
/// Unchecked because libmongoc documents its pool as safe to use from several threads; the observer is immutable.
final class ClientPool: @unchecked Sendable {
    private let pool: OpaquePointer
    private let uri: ConnectionString
    private let observer: CommandObserver?
    /// Times what is run with its clients.
    let timer: OperationTimer

    init(
        uri: consuming sending ConnectionString, size: Int, observer: CommandObserver?,
        timer: OperationTimer = .init(observer: nil)
    ) throws(MongoError) {
        var reason = bson_error_t()
        guard let pool = mongoc_client_pool_new_with_error(uri.pointer, &reason) else {
            throw MongoError(.invalidURI, uri.withoutCredentials(reason.text))
        }
        mongoc_client_pool_set_error_api(pool, MONGOC_ERROR_API_VERSION_2)
        mongoc_client_pool_max_size(pool, UInt32(clamping: size))
        self.pool = pool
        self.uri = uri
        self.observer = observer
        self.timer = timer
        observer?.observe(pool)
    }

    /// Destroying joins libmongoc's monitor threads, which takes up to half a second; no task's thread must wait for that.
    deinit {
        nonisolated(unsafe) let pool = pool
        let destroy: @Sendable () -> Void = { [observer] in
            // The pool calls the observer until it is gone.
            withExtendedLifetime(observer) { mongoc_client_pool_destroy(pool) }
        }
        if !LaneThread(destroy).start() { destroy() }
    }

    /// Takes a client; there are never more lanes than clients, so this does not wait.
    func pop() -> OpaquePointer { mongoc_client_pool_pop(pool) }

    /// Hands a client back.
    func push(_ client: OpaquePointer) { mongoc_client_pool_push(pool, client) }
}
