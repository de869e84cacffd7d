/// How a client connects, waits and limits itself; what the connection string says of the same wins.
public struct MongoClientOptions: Sendable {
    /// How long to look for a reachable primary before an operation fails.
    public var serverSelectionTimeout: Duration = .seconds(5)
    /// How long one TCP and TLS connection may take to open.
    public var connectTimeout: Duration = .seconds(5)
    /// How long to wait for a reply; the bound of every call that has no other.
    public var socketTimeout: Duration = .seconds(60)
    /// How long the server waits for a majority to confirm a write before it reports `.writeConcern`.
    public var writeConcernTimeout: Duration = .seconds(30)
    /// How long the server works on an operation with one reply, unless the operation says otherwise; nil for no limit.
    ///
    /// Cursors have none by default, because it would count the whole walk.
    public var operationTimeLimit: Duration? = .seconds(30)
    /// Threads, each with a connection, that run operations outside of sessions.
    public var concurrentOperations = 8
    /// Sessions and change streams open at once, each with a thread and a connection.
    public var concurrentSessions = 16
    /// How long to wait for a session when all are in use.
    public var sessionPatience: Duration = .seconds(30)
    /// Names this program in the server's log; at most 128 bytes.
    public var applicationName = "animematcher"
    /// Told of every command before it is sent, on the thread that sends it; for tests and tracing.
    public var commandObserver: (@Sendable (CommandEvent) -> Void)?
    /// Told how long each operation took from when a thread took it up, and what it asked; what waits for changes is none.
    public typealias OperationObserver = @Sendable (Duration, () -> OperationShape) -> Void
    /// Told of every operation after it has ended, on the thread that ran it; for logs of slow ones.
    public var operationObserver: OperationObserver?

    /// The defaults above.
    public init() {}
}
