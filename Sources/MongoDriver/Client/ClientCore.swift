/// What a client's databases, collections, cursors and sessions share.
final class ClientCore: Sendable {
    let lanes: LanePool
    let options: MongoClientOptions
    let hosts: [String]

    init(uri: String, options: MongoClientOptions) throws(MongoError) {
        let parsed = try ConnectionString(uri, options: options)
        hosts = parsed.hosts
        let shared = max(1, options.concurrentOperations)
        let exclusive = max(1, options.concurrentSessions)
        let clients = try ClientPool(
            uri: parsed, size: shared + exclusive, observer: options.commandObserver.map(CommandObserver.init),
            timer: OperationTimer(observer: options.operationObserver))
        lanes = LanePool(clients: clients, sharedLimit: shared, exclusiveLimit: exclusive)
        self.options = options
    }

    deinit { lanes.beginClosing() }

    /// Runs a blocking call on the session's lane, or on any.
    func run<Value: Sendable>(
        _ session: MongoSession?, _ body: @escaping @Sendable (LaneClient) throws(MongoError) -> Value
    ) async throws(MongoError) -> Value {
        guard session == nil || session?.core === self else {
            throw MongoError(.invalidArgument, "the session belongs to another client")
        }
        return try await lanes.run(on: session?.lane, body)
    }

    /// A session on a lane of its own.
    func startSession(snapshot: Bool = false) async throws(MongoError) -> MongoSession {
        let session = MongoSession(core: self, lane: try await lanes.borrow(patience: options.sessionPatience))
        try await run(session) { (client) throws(MongoError) in try client.startSession(snapshot: snapshot) }
        return session
    }

    /// Runs one command.
    func run(
        _ command: BSONDocument, on database: String, kind: CommandKind, session: MongoSession?
    ) async throws(MongoError) -> BSONDocument {
        let bytes = try BSONWriter.bytes(of: command, limit: BSONLimits.messageBytes)
        let inSession = session != nil
        return try await run(session) { (client) throws(MongoError) in
            try client.run(bytes, on: database, kind: kind, inSession: inSession)
        }
    }
}

extension BSONDocument {
    /// Sets the server's time limit from an operation's own or the client's default.
    mutating func setTimeLimit(_ limit: Duration?, default fallback: Duration? = nil) {
        guard let limit = limit ?? fallback else { return }
        // Zero would mean no limit to the server.
        self["maxTimeMS"] = .int64(Swift.max(1, limit.milliseconds))
    }

    /// This document without the fields that are nil, for commands with optional parts.
    static func present(_ fields: KeyValuePairs<String, BSONValue?>) -> BSONDocument {
        BSONDocument(fields.compactMap { field in field.value.map { (field.key, $0) } })
    }
}
