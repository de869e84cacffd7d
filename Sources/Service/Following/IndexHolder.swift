import HTTPTypes
public import Indexing
public import Storage
import Synchronization

/// The index version that requests are answered from; exchanged whole when a newer one is published.
public final class IndexHolder: Sendable {
    private let current = Mutex<AnimeIndex?>(nil)
    /// What was held last, which requests may still be answered from.
    private let retired = Mutex<AnimeIndex?>(nil)

    /// Holds nothing yet.
    public init() {}

    /// The newest loaded version; nil until the first one is loaded.
    public var index: AnimeIndex? { current.withLock { $0 } }

    /// The newest loaded version, for a request that needs one.
    func loaded() throws(Problem) -> AnimeIndex {
        guard let index else { throw Problem(.serviceUnavailable, "no index version is loaded yet") }
        return index
    }

    /// Loads the newest published version, if it is another one than the one held: a database that was made anew counts from 1 again.
    public func refresh(from database: AnimeDatabase) async throws {
        // The first one is waited for.
        try await withTaskExecutorPreference(index == nil ? nil : OwnThreadExecutor.reading) {
            // Freed here, and not by the request that ends last.
            if retired.withLock({ $0.take() }) != nil { SpareMemory.giveBack() }
            let held = index
            guard let newest = try await database.index.newest(),
                newest.number != held?.version.number || newest.publishedAt != held?.version.publishedAt
            else { return }
            let loaded = try await AnimeIndex.load(from: database, after: held)
            current.withLock { $0 = loaded }
            retired.withLock { $0 = held }
        }
    }
}
