import Catalog
import CrawlDomain
import Dispatch
import Recommender
public import Storage
import WebStandards

/// The one writer of the index: follows the change log and publishes versions.
///
/// Holds the whole index between updates, so that following costs what changed and not what there is.
public actor Indexer {
    /// Versions computed in vain, because another indexer was quicker, before giving up.
    private static let maximumAttempts = 5
    /// Changes read at once.
    private static let batch = 5_000
    /// Topics are fitted anew when this part of the descriptions has changed since.
    private static let topicDrift = 0.1

    private let database: AnimeDatabase
    private let catalogue: CatalogueFollower
    private let threads: Int
    private var state: IndexState?
    private var published: IndexVersion?

    /// - Parameter threads: How many threads fit the weights; the result does not depend on it.
    public init(database: AnimeDatabase, threads: Int = 2) {
        self.database = database
        self.threads = threads
        catalogue = CatalogueFollower(database: database)
    }

    /// Builds the index from the collections alone and publishes it.
    ///
    /// The first index is built without the sites whose publication is held, if any is, and takes them in later.
    public func build() async throws -> IndexVersion {
        let previous = try await database.index.newest()
        let held = try await database.drift.heldSites()
        if previous == nil, !held.isEmpty { return try await buildFirst(without: held) }
        try await requireNoHold()
        try await catalogue.rebuild(cause: ChangeCause(.catalog, id: "index build"))
        // Changes from here on are folded in by the next update; folding in twice does no harm.
        let change = try await database.changes.newest()
        let earlier = try? await load(previous)
        let state = try await rebuilt(numbersOf: earlier)
        // Lists that were read meanwhile may be from after a hold that began.
        try await requireNoHold()
        return try await publish(state, change: change, held: [:], built: "rebuild", after: previous)
    }

    private func buildFirst(without held: Set<String>) async throws -> IndexVersion {
        try await catalogue.catchUp()
        let change = try await database.changes.newest()
        let state = try await rebuilt(numbersOf: nil, without: HeldKeys(held))
        let now = try await database.drift.heldSites()
        guard now == held else { throw IndexError.held(sites: now.union(held).sorted()) }
        // Nothing of theirs is in it: all their changes are still to come.
        let leftOut = Dictionary(uniqueKeysWithValues: held.map { ($0, 0) })
        return try await publish(state, change: change, held: leftOut, built: "rebuild", after: nil)
    }

    private func requireNoHold() async throws {
        let held = try await database.drift.heldSites()
        guard held.isEmpty else { throw IndexError.held(sites: held.sorted()) }
    }

    /// Folds in all changes since the newest version; publishes only when there are any.
    ///
    /// - Returns: The newest version now, and how many changes were folded in.
    public func update() async throws -> (version: IndexVersion, changes: Int) {
        var attempt = 1
        while true {
            do {
                return try await updateOnce()
            } catch IndexStoreError.overtaken where attempt < Self.maximumAttempts {
                // Another indexer published first: what it folded in is loaded, the rest is folded in again.
                state = nil
                attempt += 1
            } catch is HoldBegan where attempt < Self.maximumAttempts {
                attempt += 1
            }
        }
    }

    private func updateOnce() async throws -> (version: IndexVersion, changes: Int) {
        guard let newest = try await database.index.newest() else { return (try await build(), 0) }
        try await catalogue.catchUp()
        let held = try await database.drift.heldSites()
        let lifted = newest.held.filter { !held.contains($0.key) }
        guard try await database.changes.newest() > newest.change || !lifted.isEmpty else { return (newest, 0) }
        guard var state = try await load(newest) else { return (newest, 0) }
        // What was left out while a site was held is folded in from where it was left; what is done twice does no harm.
        var number = min(newest.change, lifted.values.min() ?? newest.change)
        var folded = 0
        let (reader, heldKeys) = (try StoryReader(), HeldKeys(held))
        while true {
            let changes = try await database.changes.changedDocuments(after: number, limit: Self.batch)
            guard let last = changes.last else { break }
            // Anime are made of what is published only.
            let gone = try await goneUsers(among: changes.filter { heldKeys.contains($0.key) })
            let published = changes.filter {
                $0.subject == .anime || !heldKeys.contains($0.key) || $0.subject == .user && gone.contains($0.key)
            }
            try await fold(published, into: &state, reader: reader)
            number = last.number
            folded += changes.count
        }
        number = max(number, newest.change)
        guard folded > 0 || !lifted.isEmpty else { return (newest, 0) }
        if Double(state.topicsChanges) > Self.topicDrift * Double(max(state.anime.liveCount, 1)) {
            try await fitTopics(&state)
        }
        state = await solved(state)
        // What was read may be from after a hold that began meanwhile.
        guard try await database.drift.heldSites() == held else { throw HoldBegan() }
        let leftOut = Dictionary(uniqueKeysWithValues: held.map { ($0, newest.held[$0] ?? newest.change) })
        return (try await publish(state, change: number, held: leftOut, built: "update", after: newest), folded)
    }

    /// A site is held, or no longer, since something was read.
    private struct HoldBegan: Error, CustomStringConvertible {
        var description: String { "holds begin and end faster than the index is computed; try again" }
    }

    /// Folds in changes as they are written, until the task is cancelled.
    ///
    /// - Parameter onUpdate: Called with each published version, the changes folded in and the time it took.
    public func follow(onUpdate: @Sendable (IndexVersion, Int, Duration) async -> Void) async throws {
        do {
            var waker = try await database.changes.waker()
            while !Task.isCancelled {
                let start = ContinuousClock.now
                let (version, changes) = try await update()
                if changes > 0 { await onUpdate(version, changes, start.duration(to: .now)) }
                // What is written while a version is computed is folded in together, next time.
                try await waker.wait()
            }
        } catch {
            guard Task.isCancelled else { throw error }
        }
    }

    /// Rebuilds the index in memory and says which parts of the published one differ; empty when all are equal.
    ///
    /// Changes not folded in yet are folded in first, so that both speak of the same state.
    ///
    /// - Throws: ``IndexError/held(sites:)`` while a site's publication is held: the index is older than the collections on purpose.
    public func verify() async throws -> [String] {
        try await requireNoHold()
        _ = try await update()
        guard let newest = try await database.index.newest(), let current = try await load(newest) else { return [] }
        let rebuilt = try await rebuilt(numbersOf: current)
        var different: [String] = []
        if rebuilt.anime != current.anime { different.append("anime") }
        if rebuilt.ratings.lists != current.ratings.lists { different.append("lists") }
        if rebuilt.ratings.gram.digest != current.ratings.gram.digest { different.append("gram") }
        if rebuilt.texts.statistics != current.texts.statistics { different.append("texts") }
        if rebuilt.weights != current.weights { different.append("weights") }
        return different
    }

    private func load(_ version: IndexVersion?) async throws -> IndexState? {
        guard let version else { return nil }
        if let state, published?.number == version.number { return state }
        let loaded = try await IndexState(version, from: database.index)
        (state, published) = (loaded, version)
        return loaded
    }

    private func rebuilt(numbersOf earlier: IndexState?, without held: HeldKeys = HeldKeys([])) async throws
        -> IndexState
    {
        let reader = try StoryReader()
        var state = IndexState(numbersOf: earlier)
        try await database.catalogue.forEachAnime { state.set($0, terms: reader.terms(of: $0)) }
        try await database.users.forEach { document in
            if let list = UserList(document), !held.contains(list.key) { state.set(list, of: list.key) }
        }
        state.fitTopics(words: reader.words)
        return await solved(state)
    }

    /// Brings the documents that changed into the state, each as it is now.
    private func fold(_ changes: [ChangedDocument], into state: inout IndexState, reader: StoryReader) async throws {
        let keys = Dictionary(grouping: changes, by: \.subject).mapValues { Set($0.map(\.key)) }
        for anime in try await database.catalogue.existingAnime((keys[.anime] ?? []).sorted()) {
            state.set(anime, terms: reader.terms(of: anime))
        }
        let users = (keys[.user] ?? []).sorted()
        let lists = try await database.users.users(users).compactMap(UserList.init)
        let present = Dictionary(lists.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        for user in users { state.set(present[user], of: user) }
        // Last, so that entries that moved to another anime have moved before the one they left is taken out.
        let there = try await database.catalogue.animeIDs(among: (keys[.anime] ?? []).sorted())
        for gone in (keys[.anime] ?? []).subtracting(there).sorted() { state.removeAnime(gone) }
    }

    /// The people who are no longer there: a list that was made private goes at once, held or not.
    private func goneUsers(among changes: [ChangedDocument]) async throws -> Set<String> {
        let users = Set(changes.filter { $0.subject == .user }.map(\.key))
        guard !users.isEmpty else { return [] }
        let present = try await database.users.users(users.sorted()).compactMap { $0["_id"]?.stringValue }
        return users.subtracting(present)
    }

    private func fitTopics(_ state: inout IndexState) async throws {
        let reader = try StoryReader()
        try await database.catalogue.forEachAnime { _ = reader.terms(of: $0) }
        state.fitTopics(words: reader.words)
    }

    private func solved(_ state: IndexState) async -> IndexState {
        let threads = threads
        // Seconds of arithmetic do not belong on the threads that everybody's tasks share.
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var state = state
                state.solve(threads: threads)
                continuation.resume(returning: state)
            }
        }
    }

    private func publish(
        _ new: IndexState, change: Int, held: [String: Int], built: String, after previous: IndexVersion?
    ) async throws -> IndexVersion {
        let version = try await database.index.publish(
            after: previous, change: change, built: built, items: new.anime.liveCount, users: new.userCount,
            topicsChanges: new.topicsChanges, held: held, parts: new.parts)
        (state, published) = (new, version)
        return version
    }
}
