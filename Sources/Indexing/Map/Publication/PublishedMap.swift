import Recommender
public import Storage

/// A published story map, as readers hold it: places for the stories of the version it was made of.
public struct PublishedMap: Sendable {
    /// Stories that a map was made without are drawn up to so many; the others wait for the next map.
    private static let mostNewcomers = 1_000

    /// What was loaded.
    public let version: MapVersion
    let places: MapPlaces

    init(version: MapVersion, places: MapPlaces) { (self.version, self.places) = (version, places) }

    /// Loads the newest map; nil while there is none.
    ///
    /// - Throws: ``IndexError`` `.corruptPart` for one that cannot be read.
    public static func load(from database: AnimeDatabase) async throws -> PublishedMap? {
        while let version = try await database.maps.newest() {
            // One that was dropped meanwhile has a newer one in its place.
            guard let bytes = try await database.maps.places(of: version) else {
                guard try await database.maps.newest()?.number != version.number else {
                    throw IndexError.corrupt("map")
                }
                continue
            }
            return PublishedMap(version: version, places: try MapPlaces(bytes: bytes))
        }
        return nil
    }

    /// The places of stories as they are now: those that are gone are left out, new and changed ones lie beside their neighbours.
    ///
    /// - Parameters:
    ///   - stories: Ids with the share of each topic, not all 0.
    ///   - topics: The hash of the topics.
    /// - Returns: In the order of `stories`; nil for what has no place yet.
    func placing(_ stories: [(id: String, shares: [Double])], topics: String) -> [NeighbourPlacement.Placed?] {
        let known = Dictionary(places.places.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let areOfSameTopics = version.description.topics == topics
        var placement = NeighbourPlacement(width: stories.first?.shares.count ?? 0)
        var placed = stories.map { story -> NeighbourPlacement.Placed? in
            guard let place = known[story.id],
                !areOfSameTopics || place.mark == MapPlaces.mark(of: story.shares)
            else { return nil }
            let found = NeighbourPlacement.Placed(point: place.point, cluster: Int(place.cluster))
            placement.add(story.shares, found)
            return found
        }
        for index in placed.indices.filter({ placed[$0] == nil }).prefix(Self.mostNewcomers) {
            placed[index] = placement.place(stories[index].shares, id: stories[index].id)
        }
        return placed
    }
}

extension AnimeIndex {
    /// The published map with the stories as this version has them; nil without topics.
    public func storyMap(_ published: PublishedMap) -> StoryMap? {
        guard let topics else { return nil }
        let stories = topicVectors
        let placed = published.placing(stories, topics: version.topicsHash)
        let points = zip(stories, placed).compactMap { story, place -> StoryMap.Point? in
            guard let place, let main = story.shares.mainTopic else { return nil }
            return StoryMap.Point(
                id: story.id, x: place.point.x, y: place.point.y, topic: main, share: story.shares[main],
                cluster: place.cluster)
        }
        return StoryMap(
            points: points, topics: StoryMap.topics(topics.fitted, points),
            clusters: StoryMap.clusters(published.places.clusters, points))
    }
}

extension IndexVersion {
    /// Stands for the topics that the version has; empty without any.
    var topicsHash: String {
        let hashes = parts["topics"] ?? []
        return hashes.isEmpty ? "" : IndexChunk.hash(of: hashes.flatMap { Array($0.utf8) })
    }

    /// Stands for all that a map shows: anime, their texts and topics, but not what people like.
    public var mapHash: String {
        let hashes = ["anime", "texts", "topics"].flatMap { parts[$0] ?? [] }
        return IndexChunk.hash(of: hashes.flatMap { Array($0.utf8) })
    }
}
