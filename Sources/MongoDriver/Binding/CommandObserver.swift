import CMongoC

/// A command as it goes to the server, without the documents of a batch that libmongoc sends beside it.
public struct CommandEvent: Sendable {
    /// The command's name, such as `insert`.
    public let name: String
    /// The database it runs on.
    public let database: String
    /// The command, with its concerns, session and transaction number.
    public let command: BSONDocument
}

/// Tells a closure of every command before it is sent; libmongoc leaves out commands that carry credentials.
final class CommandObserver: Sendable {
    private let body: @Sendable (CommandEvent) -> Void

    init(_ body: @escaping @Sendable (CommandEvent) -> Void) { self.body = body }

    /// Registers with a pool, which must not outlive this object.
    func observe(_ pool: OpaquePointer) {
        let callbacks = mongoc_apm_callbacks_new()
        defer { mongoc_apm_callbacks_destroy(callbacks) }
        mongoc_apm_set_command_started_cb(callbacks) { event in
            guard let event, let context = mongoc_apm_command_started_get_context(event) else { return }
            Unmanaged<CommandObserver>.fromOpaque(context).takeUnretainedValue().tell(of: event)
        }
        mongoc_client_pool_set_apm_callbacks(pool, callbacks, Unmanaged.passUnretained(self).toOpaque())
    }

    private func tell(of event: OpaquePointer) {
        guard let bytes = mongoc_apm_command_started_get_command(event) else { return }
        let limit = 3 * BSONLimits.messageBytes
        guard let command = try? BSONDocument(borrowing: bytes, limit: limit) else { return }
        body(
            CommandEvent(
                name: String(cString: mongoc_apm_command_started_get_command_name(event)),
                database: String(cString: mongoc_apm_command_started_get_database_name(event)), command: command))
    }
}
