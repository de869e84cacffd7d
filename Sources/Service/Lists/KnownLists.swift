import Indexing
public import Storage
import Synchronization
import WebStandards

/// People's lists, read once and held until they are written.
public final class KnownLists: Sendable {
    /// The fields that are read.
    private static let fields = PackedList.fields + ["content_hash", "name"]

    private let database: AnimeDatabase
    private let cache = Mutex(ListCache())

    /// Holds nothing yet, and nothing at all before a ``ListService`` listens.
    public init(database: AnimeDatabase) { self.database = database }

    /// The list of a user by key or name; nil when there is none.
    func list(of text: String, for index: AnimeIndex) async throws -> HeldList? {
        if let held = cache.withLock({ $0.find(text, .now) }) { return held }
        return try await read(text, for: index)
    }

    private func read(_ text: String, for index: AnimeIndex) async throws -> HeldList? {
        let start = cache.withLock { $0.begin() }
        var held: HeldList?
        defer { cache.withLock { $0.end(held, text, since: start, .now) } }
        let now = ContinuousClock.now
        guard let user = try await database.users.find(text, fields: Self.fields), let list = index.packed(user) else {
            return nil
        }
        held = HeldList(
            list, name: user["name"]?.stringValue, revision: user["content_hash"]?.stringValue, readAt: now)
        return held
    }

    /// What was answered to the same question, from the same list and index version.
    func answer(_ query: String, of list: HeldList, index: Int) -> [UInt8]? {
        cache.withLock { $0.answer(query, of: list, index: index) }
    }

    /// Holds an answer as long as it is right.
    func keep(_ bytes: [UInt8], _ query: String, of list: HeldList, index: Int) {
        cache.withLock { $0.keep(bytes, query, of: list, index: index) }
    }

    /// Holds nothing any more of what was held until now.
    func forget() { cache.withLock { $0.clear() } }

    /// Listens until the task is cancelled or listening fails; then nothing is held.
    func listen(every interval: Duration) async throws {
        let start = ContinuousClock.now
        let watcher = try await database.users.watch(atLeastEvery: interval)
        defer {
            watcher.close()
            cache.withLock { $0.stopsListening() }
        }
        cache.withLock { $0.listens(start) }
        while !Task.isCancelled {
            // What comes is known to be all until it was asked for, and not until it came.
            let asked = ContinuousClock.now
            let written = try await watcher.next()
            cache.withLock { cache in
                if written.isResumed { cache.clear() }
                cache.hear(keys: written.keys, names: written.names, written.isAll ? asked : nil)
            }
        }
    }

    /// How much is held: lists, and bytes of everything.
    var size: (lists: Int, bytes: Int) { cache.withLock { ($0.listCount, $0.bytes) } }
}
