import CrawlDomain
import Storage
import WebStandards

/// Brings what changed into a state, or several: each document as it is now, so that doing it twice does no harm.
struct ChangeFold {
    let database: AnimeDatabase
    let reader: StoryReader
    /// Whose lists stay as they are, because publication is held.
    let held: HeldKeys
    /// How much of people's lists may be loaded.
    let heldBytes: Int
    /// Changes read so far; documents compared, where everything was.
    private(set) var count = 0

    init(database: AnimeDatabase, reader: StoryReader, held: HeldKeys, heldBytes: Int) {
        (self.database, self.reader, self.held, self.heldBytes) = (database, reader, held, heldBytes)
    }

    /// Folds in the changes after a number.
    ///
    /// - Parameters:
    ///   - end: The last one.
    ///   - states: Each gets what is read once, so that they are of the same moment.
    nonisolated(nonsending) mutating func take(after start: Int, upTo end: Int, into states: inout [IndexState])
        async throws
    {
        var number = start
        while number < end {
            let changes = try await database.changes.changedDocuments(after: number, limit: Indexer.batch)
                .filter { $0.number <= end }
            guard let last = changes.last else { return }
            // Anime are made of what is published only.
            let gone = try await goneUsers(among: changes.filter { held.contains($0.key) })
            let published = changes.filter {
                $0.subject == .anime || !held.contains($0.key) || $0.subject == .user && gone.contains($0.key)
            }
            try await fold(published, into: &states)
            number = last.number
            count += changes.count
        }
    }

    private nonisolated(nonsending) func fold(_ changes: [ChangedDocument], into states: inout [IndexState])
        async throws
    {
        let keys = Dictionary(grouping: changes, by: \.subject).mapValues { Set($0.map(\.key)) }
        try await fold(anime: keys[.anime] ?? [], into: &states)
        try await fold(users: keys[.user] ?? [], into: &states)
    }

    private nonisolated(nonsending) func fold(anime: Set<String>, into states: inout [IndexState]) async throws {
        guard !anime.isEmpty else { return }
        let ids = anime.sorted()
        let documents = try await database.catalogue.existingAnime(ids).map { ($0, reader.terms(of: $0)) }
        let there = try await database.catalogue.animeIDs(among: ids)
        for place in states.indices {
            for (document, terms) in documents { states[place].set(document, terms: terms) }
            // Last, so that entries that moved to another anime have moved before the one they left is taken out.
            for gone in anime.subtracting(there).sorted() { states[place].removeAnime(gone) }
            try await states[place].settle(from: database.index)
        }
    }

    private nonisolated(nonsending) func fold(users: Set<String>, into states: inout [IndexState]) async throws {
        guard !users.isEmpty else { return }
        let keys = users.sorted(by: ListBook.precedes)
        let lists = try await database.users.users(keys, fields: UserList.fields).compactMap(UserList.init)
        let present = Dictionary(lists.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        for place in states.indices {
            try await states[place].load(states[place].ratings.lists.missing(for: keys), from: database.index)
            for user in keys { try states[place].set(present[user], of: user) }
            try await letGo(&states[place])
        }
    }

    /// Writes lists that changed where more are loaded than may be held.
    private nonisolated(nonsending) func letGo(_ state: inout IndexState) async throws {
        try await state.letGoOfLists(heldBytes: heldBytes, store: database.index)
    }

    /// The people who are no longer there: a list that was made private goes at once, held or not.
    private nonisolated(nonsending) func goneUsers(among changes: [ChangedDocument]) async throws -> Set<String> {
        let users = Set(changes.filter { $0.subject == .user }.map(\.key))
        guard !users.isEmpty else { return [] }
        let present = try await database.users.users(users.sorted(), fields: []).compactMap { $0["_id"]?.stringValue }
        return users.subtracting(present)
    }
}

extension ChangeFold {
    /// Anime whose documents are in memory at once.
    private static let animeAtOnce = 500

    /// Compares every document with the state and folds in what differs, where the change log does not tell what changed since.
    nonisolated(nonsending) mutating func compareAll(with state: inout IndexState) async throws {
        let ids = try await database.catalogue.animeIDs().union(state.anime.liveIDs).sorted()
        var compared = ids.count
        for start in stride(from: 0, to: ids.count, by: Self.animeAtOnce) {
            var states = [state]
            // Held once only while it is changed.
            state = IndexState()
            try await fold(anime: Set(ids[start..<min(start + Self.animeAtOnce, ids.count)]), into: &states)
            state = states[0]
        }
        var last: String?
        while true {
            let users = try await database.users.users(after: last, fields: UserList.fields, limit: Indexer.batch)
            let lists = users.compactMap(UserList.init)
            let next = users.last?["_id"]?.stringValue
            try await fold(lists, after: last, through: next, into: &state)
            compared += lists.count
            guard let next else { break }
            last = next
        }
        count += compared
    }

    /// Folds in everybody between two keys; who was there and is there no longer goes, held or not.
    private nonisolated(nonsending) func fold(
        _ lists: [UserList], after first: String?, through last: String?, into state: inout IndexState
    ) async throws {
        try await state.load(state.ratings.lists.missing(after: first, through: last), from: database.index)
        try await state.load(state.ratings.lists.missing(for: lists.map(\.key)), from: database.index)
        let there = Set(lists.map(\.key))
        let gone = try state.ratings.lists.users(after: first, through: last).filter { !there.contains($0) }
        try await state.load(state.ratings.lists.missing(for: gone), from: database.index)
        for user in gone { try state.set(nil, of: user) }
        for list in lists where !held.contains(list.key) { try state.set(list, of: list.key) }
        try await letGo(&state)
    }
}
