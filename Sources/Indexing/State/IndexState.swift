import CrawlDomain
import Recommender
import Storage
import WebStandards

/// The whole index, as its one writer holds it: what readers need, and what it is computed from.
struct IndexState: Sendable {
    private(set) var anime: AnimeTable
    private(set) var ratings: Ratings
    private(set) var texts: StoryTexts
    private(set) var topics: StoryTopics?
    private(set) var weights: ItemWeights
    /// Descriptions changed since the topics were fitted.
    private(set) var topicsChanges = 0

    /// How the parts are written: to be counted up when older programs, or this one, would misread what another has written,
    /// or read more in the collections than it did.
    static let format = 4

    /// An empty index, to be filled; rows and entry numbers given before keep their meaning.
    init(numbers: IndexNumbers? = nil) {
        anime = AnimeTable(registry: numbers?.anime ?? Registry())
        ratings = Ratings()
        ratings.entries = numbers?.entries ?? Registry()
        texts = StoryTexts()
        weights = ItemWeights()
        ratings.grow(toItemCount: anime.count)
        texts.grow(toItemCount: anime.count)
    }

    /// What the chunks of parts with rows are stored under.
    private var stored: [RowPart: StoredRows] = [:]
    /// Rows of which the card, or the terms, have changed since.
    private var changedCards: Set<Int32> = []
    private var changedTerms: Set<Int32> = []

    /// Parts of which a chunk has some rows.
    private enum RowPart: String, CaseIterable { case anime, gram, texts }

    var userCount: Int { ratings.lists.userCount }

    /// Adds or replaces an anime.
    ///
    /// - Parameter keepsEmptyRows: Empty rows wait for the anime that had them, while a state with given numbers is filled.
    mutating func set(_ document: JSONObject, terms: [String], keepsEmptyRows: Bool = false) {
        guard let card = AnimeCard(document) else { return }
        let (row, old) = anime.set(card, keepsEmptyRows: keepsEmptyRows)
        if old != card { changedCards.insert(row) }
        let own = card.entries.map { (entry: ratings.entries.number(of: $0), row: anime.owner(of: $0) ?? row) }
        ratings.assign(own + owners(of: Set(old?.entries ?? []).subtracting(card.entries)))
        ratings.grow(toItemCount: anime.count)
        setTerms(terms, at: row)
    }

    /// Removes an anime; its entries may already belong to another one.
    mutating func removeAnime(_ id: String) {
        guard let (row, old) = anime.remove(id) else { return }
        changedCards.insert(row)
        ratings.assign(owners(of: Set(old.entries)))
        setTerms([], at: row)
    }

    private mutating func setTerms(_ terms: [String], at row: Int32) {
        guard texts.set(terms, at: row) else { return }
        changedTerms.insert(row)
        topicsChanges += 1
    }

    /// Adds, replaces or (with nil) removes a person, whose leaf is loaded; entries that moved are settled.
    mutating func set(_ list: UserList?, of user: String) throws {
        guard let list, list.hasScores else { return try ratings.set(nil, of: user) }
        try ratings.set(list.entries(&ratings.entries), of: user)
    }

    /// Adds a person whose key comes after all others.
    mutating func append(_ list: UserList) throws {
        guard list.hasScores else { return }
        try ratings.append(list.entries(&ratings.entries), of: list.key)
    }

    /// Brings the lists with entries that moved from one anime to another into the matrix anew.
    ///
    /// - Parameter store: Where leaves are that are not loaded; nil where all are.
    nonisolated(nonsending) mutating func settle(from store: IndexStore? = nil) async throws {
        guard ratings.isUnsettled else { return }
        let leaves = ratings.lists.leaves
        for leaf in leaves { if let content = leaf.content { try ratings.settle(content) } }
        let stored = leaves.compactMap { $0.content == nil ? $0.hash : nil }
        for start in stride(from: 0, to: stored.count, by: Self.leavesAtOnce) {
            // Gone through and let go again.
            let hashes = Array(stored[start..<min(start + Self.leavesAtOnce, stored.count)])
            for bytes in try await store?.read(hashes, part: "lists") ?? [] {
                try ratings.settle(ListLeaf(bytes: bytes))
            }
        }
        ratings.finishSettling()
    }

    /// Loads leaves of lists.
    nonisolated(nonsending) mutating func load(_ missing: [String], from store: IndexStore) async throws {
        guard !missing.isEmpty else { return }
        let leaves = try await store.read(missing, part: "lists").map(ListLeaf.init)
        ratings.lists.install(Dictionary(zip(missing, leaves), uniquingKeysWith: { first, _ in first }))
    }

    /// Writes leaves that changed and lets all go, where more are loaded than may be held.
    nonisolated(nonsending) mutating func letGoOfLists(heldBytes: Int, store: IndexStore) async throws {
        guard ratings.lists.loadedBytes > heldBytes else { return }
        // People may yet be appended to the last one.
        let changed = Array(ratings.lists.changed.dropLast())
        let chunks = ratings.lists.chunks
        ratings.lists.stored(changed, as: try await store.write(changed.map { chunks[$0] }))
        ratings.lists.letGo()
    }

    /// Lets leaves go that are stored already, under these hashes.
    mutating func letGoOfLists(storedAs hashes: Set<String>) {
        let chunks = ratings.lists.chunks
        let known = ratings.lists.changed.dropLast().map { ($0, chunks[$0].hash) }.filter { hashes.contains($0.1) }
        ratings.lists.stored(known.map(\.0), as: known.map(\.1))
        ratings.lists.letGo()
    }

    /// Leaves of lists that are held while all are gone through.
    private static let leavesAtOnce = 32

    /// Fits the weights: a function of the ratings and of what is known of the anime, whatever the number of threads.
    ///
    /// - Parameter solver: Fits again only what depends on something new.
    mutating func solve(with solver: WeightSolver = WeightSolver(), threads: Int) {
        let descriptions = anime.descriptions(terms: texts.terms)
        weights = solver.solve(gram: ratings.gram, describing: descriptions, threads: threads)
    }

    mutating func fitTopics(words: [String: String]) {
        topics = StoryTopics(texts, words: words)
        topicsChanges = 0
    }

    /// Entries that an anime has given up, each with the row of the anime that has it now, or -1.
    private func owners(of keys: Set<String>) -> [(entry: Int32, row: Int32)] {
        keys.compactMap { key in ratings.entries[key].map { ($0, anime.owner(of: key) ?? -1) } }
    }
}

extension IndexState {
    /// Whether anime and entries have the same numbers in both.
    func hasNumbers(of other: IndexState) -> Bool {
        anime.registry == other.anime.registry && ratings.entries == other.ratings.entries
    }

    /// A number of the Gram matrix that does not depend on how anime are numbered.
    var gramDigest: UInt64 {
        let keys = anime.registry.names.map { name in
            name.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        }
        return ratings.gram.digest { keys[$0] }
    }

    /// All parts as they are stored.
    var parts: [String: [IndexChunk]] {
        let whole = [
            "entries": ratings.entryChunks, "leaves": ratings.leafChunks, "topics": topics?.chunks ?? [],
            "weights": Chunks.cut(weights.encoded()),
        ]
        var parts = whole.mapValues { $0.map(IndexChunk.bytes) }
        parts["lists"] = ratings.lists.chunks
        for part in RowPart.allCases {
            let stored = stored[part] ?? StoredRows()
            parts[part.rawValue] =
                switch part {
                case .anime: anime.chunks(stored, changed: changedCards)
                case .gram: ratings.gramChunks(stored)
                case .texts: texts.chunks(stored, changed: changedTerms)
                }
        }
        return parts
    }

    /// Takes note of what it was stored as.
    ///
    /// - Parameter heldBytes: How much of people's lists may stay in memory.
    mutating func stored(as version: IndexVersion, heldBytes: Int) {
        ratings.lists.stored(Array(ratings.lists.leaves.indices), as: version.parts["lists"] ?? [])
        if ratings.lists.loadedBytes > heldBytes { ratings.lists.letGo() }
        noteRows(of: version)
    }

    private mutating func noteRows(of version: IndexVersion) {
        let counts: [RowPart: Int] = [.anime: anime.count, .gram: ratings.gram.itemCount, .texts: texts.terms.count]
        stored = counts.reduce(into: [:]) { stored, part in
            stored[part.key] = StoredRows(hashes: version.parts[part.key.rawValue] ?? [], count: part.value)
        }
        ratings.clearChangedRows()
        changedCards = []
        changedTerms = []
    }

    /// Loads a stored version, but for people's lists.
    init(_ version: IndexVersion, from store: IndexStore) async throws {
        anime = try AnimeTable(chunks: await store.read("anime", of: version))
        ratings = try Ratings(
            gramChunks: await store.read("gram", of: version), leafChunks: await store.read("leaves", of: version),
            listHashes: version.parts["lists"] ?? [], entryChunks: await store.read("entries", of: version))
        ratings.grow(toItemCount: anime.count)
        texts = try StoryTexts(chunks: await store.read("texts", of: version))
        topics = try StoryTopics(chunks: await store.read("topics", of: version))
        weights = try ItemWeights(decoding: Chunks.join(await store.read("weights", of: version)))
        topicsChanges = version.topicsChanges
        noteRows(of: version)
    }
}
