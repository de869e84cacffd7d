public import CrawlEngine
import Indexing
public import Storage
import Synchronization
import WebStandards

/// People's lists, read once and held until they are written.
public final class KnownLists: Sendable {
    /// The fields that are read.
    private static let fields = PackedList.fields + ["content_hash", "name"]

    private let database: AnimeDatabase
    private let naming: UserNaming?
    private let cache = Mutex(ListCache())

    /// Holds nothing yet, and nothing at all before a ``ListService`` listens.
    ///
    /// - Parameter naming: Finds people by their names where names are stored hashed; nil without the secret.
    public init(database: AnimeDatabase, naming: UserNaming? = nil) {
        (self.database, self.naming) = (database, naming)
    }

    /// The list of a user by key or name; nil when there is none.
    func list(of text: String, for index: AnimeIndex) async throws -> HeldList? {
        if let held = held(text) { return held }
        if let list = try await read(text, for: index) { return list }
        if let hashed = naming?.typed(text) {
            if let held = held(hashed) { return held }
            if let list = try await read(hashed, for: index) { return list }
        }
        guard let key = try await onlyKey(ofAnyCase: text) else { return nil }
        if let held = held(key) { return held }
        return try await read(key, for: index)
    }

    /// The only user whom letter case at most tells from a name; exact names, hashed ones too, go before.
    private func onlyKey(ofAnyCase text: String) async throws -> String? {
        let keys = try await database.users.keys(ofAnyCase: text)
        return keys.count == 1 ? keys.first : nil
    }

    /// Everything of a user by key or name, read anew; nil when there is none.
    func user(_ text: String) async throws -> JSONObject? {
        if let user = try await database.users.find(text) { return user }
        if let hashed = naming?.typed(text), let user = try await database.users.find(hashed) { return user }
        guard let key = try await onlyKey(ofAnyCase: text) else { return nil }
        return try await database.users.find(key)
    }

    /// The list of a user by key or name, if it need not be read.
    func held(_ text: String) -> HeldList? { cache.withLock { $0.find(text, .now) } }

    private func read(_ text: String, for index: AnimeIndex) async throws -> HeldList? {
        let start = cache.withLock { $0.begin() }
        var held: HeldList?
        defer { cache.withLock { $0.end(held, text, since: start, .now) } }
        let now = ContinuousClock.now
        held = try await database.users.find(text, fields: Self.fields).flatMap { HeldList($0, in: index, readAt: now) }
        return held
    }

    /// Reads lists that were held until they were written, all at once, before anybody asks for them and has to wait.
    private func readAgain(_ lost: ArraySlice<ListCache.Lost>, for index: AnimeIndex) async {
        let start = cache.withLock { cache in lost.reduce(0) { _, _ in cache.begin() } }
        let now = ContinuousClock.now
        // When it fails nothing is held of them, and whoever asks for one is told why.
        let users = (try? await database.users.users(lost.map(\.key), fields: Self.fields)) ?? []
        let read = Dictionary(
            users.compactMap { user in HeldList(user, in: index, readAt: now).map { ($0.list.key, $0) } },
            uniquingKeysWith: { first, _ in first })
        cache.withLock { cache in
            for one in lost { cache.end(read[one.key], one.name ?? one.key, since: start, .now) }
        }
    }

    /// Lists read at once.
    private static let batch = 200
    /// Writes that wait to be read again, each of up to a thousand lists; of more the newest.
    private static let waiting = 16

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
    ///
    /// - Parameter index: What lists are read for that were written while they were held; nil while there is none.
    func listen(every interval: Duration, index: @escaping @Sendable () -> AnimeIndex?) async throws {
        let (writes, told) = AsyncStream.makeStream(
            of: [ListCache.Lost].self, bufferingPolicy: .bufferingNewest(Self.waiting))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await lost in writes {
                    for first in stride(from: 0, to: lost.count, by: Self.batch) {
                        guard let index = index(), !Task.isCancelled else { break }
                        await self.readAgain(lost[first..<min(first + Self.batch, lost.count)], for: index)
                    }
                }
            }
            group.addTask {
                defer { told.finish() }
                try await self.hear(every: interval) { told.yield($0) }
            }
            try await group.waitForAll()
        }
    }

    private func hear(every interval: Duration, _ tell: ([ListCache.Lost]) -> Void) async throws {
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
            let lost = cache.withLock { cache in
                if written.isResumed { cache.clear() }
                return cache.hear(keys: written.keys, names: written.names, written.isAll ? asked : nil)
            }
            if !lost.isEmpty { tell(lost) }
        }
    }

    /// How much is held: lists, and bytes of everything.
    var size: (lists: Int, bytes: Int) { cache.withLock { ($0.listCount, $0.bytes) } }
}
