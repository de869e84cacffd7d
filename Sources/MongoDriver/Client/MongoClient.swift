/// A connection to a MongoDB replica set or sharded cluster.
///
/// Nothing is sent before the first operation. Every write is acknowledged by a majority and its journal (`w: majority`,
/// `j: true`), every read has read concern majority and goes to the primary; the connection string cannot weaken this.
/// Single-document writes and reads are tried once more by libmongoc after a network error.
public final class MongoClient: Sendable, CustomStringConvertible {
    let core: ClientCore

    /// A client for the servers of a connection string, which may carry credentials and TLS options.
    ///
    /// - Throws: `.invalidURI`; the message repeats no credentials.
    public init(uri: String, options: MongoClientOptions = .init()) throws(MongoError) {
        core = try ClientCore(uri: uri, options: options)
    }

    /// `host:port` of the servers in the connection string.
    public var hosts: [String] { core.hosts }

    /// The hosts; never the credentials.
    public var description: String { "MongoClient(\(hosts.joined(separator: ",")))" }

    /// A database by name; nothing is sent.
    public func database(_ name: String) -> MongoDatabase { MongoDatabase(core: core, name: name) }

    /// Asks the primary whether it answers.
    ///
    /// - Throws: `.unreachable` with `host:port` and the reason, when none does within `serverSelectionTimeout`.
    public func ping() async throws(MongoError) {
        _ = try await core.run(["ping": 1], on: "admin", kind: .plain, session: nil)
    }

    /// The names of the databases, sorted.
    public func databaseNames() async throws(MongoError) -> [String] {
        let reply = try await core.run(["listDatabases": 1, "nameOnly": true], on: "admin", kind: .read, session: nil)
        return (reply["databases"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }.sorted()
    }

    /// A session; it keeps a connection and a thread until `end()` or its last reference is gone.
    ///
    /// - Throws: `.sessionsBusy` when all stay in use for `sessionPatience`.
    public func startSession() async throws(MongoError) -> MongoSession {
        try await core.startSession()
    }

    /// A session whose reads all see the data as it was at the first of them; it cannot write.
    ///
    /// The server keeps that moment for `minSnapshotHistoryWindowInSeconds`, 300 unless its operator says otherwise; a read after that
    /// throws `.snapshotTooOld`.
    ///
    /// - Throws: `.sessionsBusy` when all stay in use for `sessionPatience`.
    public func startSnapshot() async throws(MongoError) -> MongoSession {
        try await core.startSession(snapshot: true)
    }

    /// Refuses new operations, lets running ones finish, ends cursors and sessions, and waits for that.
    public func close() async { await core.lanes.close() }
}
