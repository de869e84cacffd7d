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
    /// What every story is about, to be compared.
    let profiles: TopicProfiles
    let franchises: Franchises
    /// The words that say most about each topic.
    let topicLabels: [[String]]
    /// What anime can be filtered by.
    public let facets: Facets
    /// What the columns of `stories` are.
    let storyTerms: [String]
    let preferences = PreferenceWeights.standard

    /// Loads the newest version.
    ///
    /// - Throws: ``IndexError`` `.notBuilt` before the first build.
    public static func load(from database: AnimeDatabase) async throws -> AnimeIndex {
        var vanished: Int?
        while true {
            guard let version = try await database.index.newest() else {
                throw IndexError(.notBuilt, "there is no index yet; run: animematcher index build")
            }
            do {
                return try await AnimeIndex(version, from: database.index)
            } catch IndexStoreError.missingChunk where version.number != vanished {
                // Dropped while it was read, because there is a newer one; or it is not whole, and then it is so the next time, too.
                vanished = version.number
            }
        }
    }

    private init(_ version: IndexVersion, from store: IndexStore) async throws {
        self.version = version
        anime = try AnimeTable(chunks: await store.read("anime", of: version))
        weights = try ItemWeights(decoding: Chunks.join(await store.read("weights", of: version)))
        let topics = try StoryTopics(chunks: await store.read("topics", of: version))
        let texts = try StoryTexts(chunks: await store.read("texts", of: version))
        self.topics = topics
        topicShares = texts.terms.map { topics?.shares(of: $0) ?? [] }
        let vocabulary = TFIDF(texts.statistics)
        stories = texts.terms.map(vocabulary.row)
        titles = TitleSearch(anime.cards.map { ($0?.titles ?? [], $0?.members ?? 0) })
        storyTerms = vocabulary.vocabulary
        var rows: [String: Int32] = [:]
        for (row, card) in anime.cards.enumerated() {
            for entry in card?.entries ?? [] { rows[entry] = Int32(row) }
        }
        rowOfEntry = rows
        profiles = TopicProfiles(topicShares)
        franchises = Franchises(anime.cards)
        facets = Facets(anime.cards)
        topicLabels = (0..<(topics?.topicCount ?? 0)).map { topics?.words(of: $0, count: 4) ?? [] }
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
