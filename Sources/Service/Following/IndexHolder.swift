public import Indexing
public import Storage
import Synchronization

/// The index version that requests are answered from; exchanged whole when a newer one is published.
public final class IndexHolder: Sendable {
    private let current = Mutex<AnimeIndex?>(nil)

    /// Holds nothing yet.
    public init() {}

    /// The newest loaded version; nil until the first one is loaded.
    public var index: AnimeIndex? { current.withLock { $0 } }

    /// Loads the newest published version, if it is newer than the one held.
    public func refresh(from database: AnimeDatabase) async throws {
        guard let newest = try await database.index.newest(), newest.number != index?.version.number else { return }
        let loaded = try await AnimeIndex.load(from: database, after: index)
        current.withLock { $0 = loaded }
    }
}
