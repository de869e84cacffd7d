import Recommender
public import Storage
import WebStandards

/// One whole published version of the index, ready to answer; never changes.
public struct AnimeIndex: Sendable {
    /// What was loaded.
    public let version: IndexVersion
    let anime: AnimeTable
    /// Entry key → row of its anime.
    let rowOfEntry: [String: Int32]
    let weights: ItemWeights
    let topics: StoryTopics?
    /// Row → share of each topic.
    let topicShares: [[Double]]
    /// Row → words of its descriptions, weighted.
    let stories: [SparseRow]
    let titles: TitleSearch
    let entriesByTitle: EntriesByTitle
    /// What every story is about, to be compared.
    let profiles: TopicProfiles
    let franchises: Franchises
    /// The words that say most about each topic.
    let topicLabels: [[String]]
    /// What anime can be filtered by.
    public let facets: Facets
    /// Row → what filters ask for; nil for an empty row.
    let traits: [AnimeTraits?]
    /// What the columns of `stories` are.
    let storyTerms: [String]
    let preferences = PreferenceWeights.standard
    /// What numbers stand for in lists that are held.
    let entryNumbers: EntryNumbers
    /// Number → row; -1 for what is no entry of the index.
    let rowOfNumber: [Int32]

    /// Loads the newest version.
    ///
    /// - Parameter previous: One that was loaded before: what has not changed since is taken over.
    /// - Throws: ``IndexError`` `.notBuilt` before the first build.
    public static func load(from database: AnimeDatabase, after previous: AnimeIndex? = nil) async throws -> AnimeIndex
    {
        var vanished: Int?
        while true {
            guard let version = try await database.index.newest() else {
                throw IndexError(.notBuilt, "there is no index yet; run: animematcher index build")
            }
            do {
                return try await read(version, from: database.index, after: previous)
            } catch IndexStoreError.missingChunk where version.number != vanished {
                // Dropped while it was read, because there is a newer one; or it is not whole, and then it is so the next time, too.
                vanished = version.number
            }
        }
    }

    private static func read(
        _ version: IndexVersion, from store: IndexStore, after previous: AnimeIndex?
    ) async throws -> AnimeIndex {
        var chunks: [String: [[UInt8]]] = [:]
        for group in [["anime"], ["weights"], ["topics", "texts"]]
        where group.contains(where: { version.parts[$0] != previous?.version.parts[$0] }) {
            for part in group { chunks[part] = try await store.read(part, of: version) }
        }
        let read = chunks
        // The first one is waited for.
        return try await LowPriorityThread.run(previous == nil ? .none : .index, named: "index load") {
            try AnimeIndex(version, read, after: previous)
        }
    }

    /// - Parameter chunks: Of the parts that are not what they were in `previous`.
    private init(_ version: IndexVersion, _ chunks: [String: [[UInt8]]], after previous: AnimeIndex?) throws {
        self.version = version
        if let known = previous, chunks["anime"] == nil {
            (anime, rowOfEntry, titles) = (known.anime, known.rowOfEntry, known.titles)
            (franchises, facets, entriesByTitle) = (known.franchises, known.facets, known.entriesByTitle)
            traits = known.traits
        } else {
            anime = try AnimeTable(chunks: chunks["anime"] ?? [])
            titles = TitleSearch(anime.cards.map { ($0?.titles ?? [], $0?.members ?? 0) })
            var rows: [String: Int32] = [:]
            for card in anime.cards {
                for entry in card?.entries ?? [] where rows[entry] == nil { rows[entry] = anime.owner(of: entry) }
            }
            rowOfEntry = rows
            franchises = Franchises(anime.cards)
            facets = Facets(anime.cards)
            traits = anime.cards.map { $0.map(AnimeTraits.init) }
            entriesByTitle = EntriesByTitle()
        }
        if let known = previous, chunks["weights"] == nil {
            weights = known.weights
        } else {
            weights = try ItemWeights(decoding: Chunks.join(chunks["weights"] ?? []))
        }
        if let known = previous, chunks["texts"] == nil {
            (topics, topicShares, stories) = (known.topics, known.topicShares, known.stories)
            (storyTerms, profiles, topicLabels) = (known.storyTerms, known.profiles, known.topicLabels)
        } else {
            let topics = try StoryTopics(chunks: chunks["topics"] ?? [])
            let texts = try StoryTexts(chunks: chunks["texts"] ?? [])
            self.topics = topics
            topicShares = texts.terms.map { topics?.shares(of: $0) ?? [] }
            let vocabulary = TFIDF(texts.statistics)
            stories = texts.terms.map(vocabulary.row)
            storyTerms = vocabulary.vocabulary
            profiles = TopicProfiles(topicShares)
            topicLabels = (0..<(topics?.topicCount ?? 0)).map { topics?.words(of: $0, count: 4) ?? [] }
        }
        entryNumbers = previous?.entryNumbers ?? EntryNumbers()
        entryNumbers.number(rowOfEntry.keys)
        let rows = rowOfEntry
        rowOfNumber = entryNumbers.names(from: 0).map { rows[$0] ?? -1 }
    }

    /// How many anime can be recommended.
    public var animeCount: Int { anime.liveCount }

    /// The anime of an id; nil when the index does not know it.
    public func card(_ id: String) -> AnimeCard? { anime.row(of: id).flatMap { anime.cards[Int($0)] } }

    /// The addresses of all images.
    public var imageURLs: [String] { anime.cards.compactMap { $0?.imageURL }.filter { !$0.isEmpty } }

    func card(row: Int32) -> AnimeCard? { Int(row) < anime.cards.count ? anime.cards[Int(row)] : nil }

    /// The words of descriptions that an anime is about, by the topic it has most of; nil without one.
    func mainTopic(row: Int32) -> Int? {
        Int(row) < topicShares.count ? topicShares[Int(row)].mainTopic : nil
    }
}
