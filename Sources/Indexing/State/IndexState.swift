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

    /// An empty index; rows and entry numbers given before keep their meaning.
    init(numbersOf earlier: IndexState? = nil) {
        anime = AnimeTable(rowsOf: earlier?.anime)
        ratings = Ratings()
        ratings.entries = earlier?.ratings.entries ?? Registry()
        texts = StoryTexts()
        weights = ItemWeights()
    }

    var userCount: Int { ratings.lists.count }

    /// Adds or replaces an anime.
    mutating func set(_ document: JSONObject, terms: [String]) {
        guard let card = AnimeCard(document) else { return }
        let (row, old) = anime.set(card)
        let gone = Set(old?.entries ?? []).subtracting(card.entries)
        ratings.assign(
            card.entries.map { (entry: ratings.entries.number(of: $0), row: row) } + entries(gone, leaving: row))
        ratings.grow(toItemCount: anime.count)
        if texts.set(terms, at: row) { topicsChanges += 1 }
    }

    /// Removes an anime; its entries may already belong to another one.
    mutating func removeAnime(_ id: String) {
        guard let (row, old) = anime.remove(id) else { return }
        ratings.assign(entries(Set(old.entries), leaving: row))
        if texts.set([], at: row) { topicsChanges += 1 }
    }

    /// Adds, replaces or (with nil) removes a person.
    mutating func set(_ list: UserList?, of user: String) {
        guard let list, list.hasScores else {
            _ = ratings.set(nil, of: user)
            return
        }
        var registry = ratings.entries
        let entries = list.entries(&registry)
        ratings.entries = registry
        ratings.set(entries, of: user)
    }

    /// Fits the weights: a function of the ratings and of what is known of the anime, whatever the number of threads.
    mutating func solve(threads: Int) {
        let descriptions = anime.descriptions(terms: texts.terms)
        weights = ItemWeights.solve(gram: ratings.gram, side: SideInformation(descriptions), threads: threads)
    }

    mutating func fitTopics(words: [String: String]) {
        topics = StoryTopics(texts, words: words)
        topicsChanges = 0
    }

    /// Entries that still point at a row, to point at nothing.
    private func entries(_ keys: Set<String>, leaving row: Int32) -> [(entry: Int32, row: Int32)] {
        keys.compactMap { ratings.entries[$0] }.filter { ratings.animeRow(of: $0) == row }.map { ($0, -1) }
    }
}

extension IndexState {
    /// All parts as they are stored.
    var parts: [String: [[UInt8]]] {
        [
            "anime": anime.chunks, "entries": ratings.entryChunks, "lists": ratings.listChunks,
            "gram": ratings.gramChunks,
            "texts": texts.chunks, "topics": topics?.chunks ?? [], "weights": Chunks.cut(weights.encoded()),
        ]
    }

    /// Loads a stored version.
    init(_ version: IndexVersion, from store: IndexStore) async throws {
        anime = try AnimeTable(chunks: await store.read("anime", of: version))
        ratings = try Ratings(
            gramChunks: await store.read("gram", of: version), listChunks: await store.read("lists", of: version),
            entryChunks: await store.read("entries", of: version))
        texts = try StoryTexts(chunks: await store.read("texts", of: version))
        topics = try StoryTopics(chunks: await store.read("topics", of: version))
        weights = try ItemWeights(decoding: Chunks.join(await store.read("weights", of: version)))
        topicsChanges = version.topicsChanges
    }
}
