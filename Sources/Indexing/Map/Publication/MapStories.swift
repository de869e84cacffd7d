import Recommender
import Storage

/// The stories that a map is made of.
struct MapStories: Sendable {
    /// Those that have topics, in the order of the index, with the share of each topic.
    let stories: [(id: String, shares: [Double])]
    let fitted: FittedTopics?

    var isEmpty: Bool { stories.isEmpty }

    init(_ stories: [(id: String, shares: [Double])], _ fitted: FittedTopics?) {
        (self.stories, self.fitted) = (stories, fitted)
    }

    /// Reads the parts of a version that it needs: not what people like.
    init(_ version: IndexVersion, from store: IndexStore) async throws {
        let anime = try AnimeTable(chunks: await store.read("anime", of: version))
        guard let topics = try StoryTopics(chunks: await store.read("topics", of: version)) else {
            self.init([], nil)
            return
        }
        let terms = try StoryTexts(chunks: await store.read("texts", of: version)).terms
        var rows = anime.cards.indices.filter { anime.cards[$0] != nil && $0 < terms.count && !terms[$0].isEmpty }
        if rows.count > MapPublisher.mostAnime {
            let members = anime.cards.map { $0?.members ?? 0 }
            rows.sort { (members[$1], $0) < (members[$0], $1) }
            rows = rows.prefix(MapPublisher.mostAnime).sorted()
        }
        let stories = rows.compactMap { row -> (id: String, shares: [Double])? in
            let shares = topics.shares(of: terms[row])
            guard let id = anime.cards[row]?.id, shares.mainTopic != nil else { return nil }
            return (id, shares)
        }
        self.init(stories, topics.fitted)
    }

    /// Finds places: from the beginning, or from those of a former map.
    ///
    /// - Parameter topics: The hash of the topics.
    func places(_ options: StoryMap.Options, former: PublishedMap?, topics: String, goesOn: () -> Bool = { true })
        -> MapPlaces
    {
        let start = former.flatMap { self.start(from: $0, topics: topics) }
        let fit = StoryMapFit(shares: stories.map(\.shares), options, former: start, goesOn: goesOn)
        let places = stories.enumerated().map { index, story in
            MapPlaces.Place(
                id: story.id, x: UInt16((fit.places[index].x * 65_535).rounded()),
                y: UInt16((fit.places[index].y * 65_535).rounded()),
                cluster: UInt16(clamping: fit.clusters.assignments[index]), mark: MapPlaces.mark(of: story.shares))
        }
        let words = (0..<fit.clusters.centres.rowCount).map { cluster in
            fitted?.words(mixed: Array(fit.clusters.centres[cluster]), count: StoryMap.wordsShown) ?? []
        }
        return MapPlaces(scale: fit.scale, places: places, clusters: words)
    }

    /// Nil where too few have a place for it to be a start.
    private func start(from former: PublishedMap, topics: String) -> (places: [PlanePoint], scale: Double)? {
        let placed = former.placing(stories, topics: topics)
        guard placed.compactMap(\.self).count * 2 > stories.count else { return nil }
        let middle = PlanePoint(x: 0.5, y: 0.5)
        return (placed.map { $0?.point ?? middle }, former.places.scale)
    }
}
