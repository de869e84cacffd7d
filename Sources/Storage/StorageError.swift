public import CrawlDomain
public import MongoDriver

/// Why something could not be stored.
public enum StorageError: MongoErrorConvertible, CustomStringConvertible {
    /// MongoDB refused or could not be reached.
    case database(MongoError)
    /// The host's lease was lost to another worker: what this one holds must not be written.
    case leaseLost(host: String)
    /// A consumer's turn was lost to another program: what this one holds must not be written.
    case turnLost(consumer: String)
    /// Another instance leads by now: what this one has made must not be published.
    case leadershipLost(role: String)
    /// The commit was done before; this is what it changed.
    case committed(CommitSummary)
    /// The database refused one document of a collection; the others can be written without it.
    case refused(Drop, collection: String)

    /// Wraps an error of the driver.
    public init(_ error: MongoError) { self = .database(error) }

    /// The driver's error inside, if there is one.
    public var mongoError: MongoError? { if case .database(let error) = self { error } else { nil } }

    /// For people: what happened, and what becomes of the data.
    public var description: String {
        switch self {
        case .database(let error): error.message
        case .leaseLost(let host):
            "the lease of \(host) was lost to another worker; what was not committed is asked for again"
        case .turnLost(let consumer): "another program has taken over as \(consumer)"
        case .leadershipLost(let role): "another instance has taken over '\(role)'"
        case .committed: "the commit was done before"
        case .refused(let drop, _): "\(drop.key ?? "a document"): \(drop.detail)"
        }
    }

    /// The error as the crawl engine knows it.
    var asPortError: any Error {
        if case .leaseLost(let host) = self { LeaseLostError(host: host) } else { self }
    }

    /// Runs calls of the driver where this type is thrown.
    static func wrapping<Value>(
        _ body: () async throws(MongoError) -> Value
    ) async throws(StorageError) -> Value {
        do { return try await body() } catch { throw .database(error) }
    }
}
