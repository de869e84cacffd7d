import CrawlDomain
public import Storage
import WebStandards

extension Indexer {
    /// Builds the index from the collections alone and publishes it.
    ///
    /// The first index is built without the lists of sites whose publication is held, if any is, and with their anime as they were combined
    /// before; the rest is taken in later.
    public func build() async throws -> IndexVersion {
        let previous = try await database.index.newest()
        let held = try await database.drift.heldSites()
        if previous == nil, !held.isEmpty { return try await buildFirst(without: held) }
        try await requireNoHold()
        try await catalogue.rebuild(cause: ChangeCause(.catalog, id: "index build"))
        // Changes from here on are folded in by the next update; folding in twice does no harm.
        let log = try await database.changes.identity()
        let change = try await database.changes.newest()
        let numbers = try await numbers(of: previous)
        letGo()
        let state = try await rebuilt(numbersOf: numbers)
        // Lists that were read meanwhile may be from after a hold that began.
        try await requireNoHold()
        return try await publish(state, change: change, log: log, held: [:], built: "rebuild", after: previous)
    }

    private func buildFirst(without held: Set<String>) async throws -> IndexVersion {
        try await catalogue.catchUp()
        let log = try await database.changes.identity()
        let change = try await database.changes.newest()
        let state = try await rebuilt(numbersOf: nil, without: HeldKeys(held))
        let now = try await database.drift.heldSites()
        guard now == held else { throw IndexError.held(sites: now.union(held).sorted()) }
        // Nothing of theirs is in it: all their changes are still to come.
        let leftOut = Dictionary(uniqueKeysWithValues: held.map { ($0, 0) })
        return try await publish(state, change: change, log: log, held: leftOut, built: "rebuild", after: nil)
    }

    /// The numbers that anime and entries have; none where what is stored is damaged, or written in another way.
    private func numbers(of version: IndexVersion?) async throws -> IndexNumbers? {
        guard let version else { return nil }
        do {
            return try await IndexNumbers(of: version, in: database.index)
        } catch is IndexError, is IndexStoreError, is JSONError {
            return nil
        }
    }

    /// The state that the collections give but for weights and topics, with the numbers that were given before; and the words that terms
    /// stand for.
    ///
    /// People are read one after the other in the order of their keys, so memory does not grow with how many there are.
    ///
    /// - Parameter known: Leaves of lists that are stored; nil to store all that are not.
    func collected(
        numbersOf numbers: IndexNumbers?, without held: HeldKeys = HeldKeys([]), known: Set<String>? = nil
    ) async throws -> (state: IndexState, words: [String: String]) {
        let reader = try StoryReader()
        var store = database.index
        store.replacesStored = true
        var state = IndexState(numbers: numbers)
        try await database.catalogue.forEachAnime { state.set($0, terms: reader.terms(of: $0), keepsEmptyRows: true) }
        var last: String?
        while true {
            let users = try await database.users.users(after: last, fields: UserList.fields, limit: Self.batch)
            guard let key = users.last?["_id"]?.stringValue else { return (state, reader.words) }
            last = key
            for list in users.compactMap(UserList.init) where !held.contains(list.key) { try state.append(list) }
            if let known {
                state.letGoOfLists(storedAs: known)
            } else {
                try await state.letGoOfLists(heldBytes: Self.heldWhileBuilding, store: store)
            }
        }
    }

    private func rebuilt(numbersOf numbers: IndexNumbers?, without held: HeldKeys = HeldKeys([])) async throws
        -> IndexState
    {
        let (state, words) = try await collected(numbersOf: numbers, without: held)
        return try await solved(try await apart(state) { $0.fitTopics(words: words) })
    }

    /// Lists written at once.
    private static let heldWhileBuilding = 4 << 20
}
