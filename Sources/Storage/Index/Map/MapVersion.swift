public import Foundation
import MongoDriver

/// One published story map: what is asked of it before its places are read.
public struct MapVersion: Sendable, Hashable {
    /// 1, 2, 3 …
    public let number: Int
    /// When it was published, by the server's clock.
    public let publishedAt: Date
    /// How it was made.
    public let description: MapDescription
}

/// What a story map was made of, and what it cost.
public struct MapDescription: Sendable, Hashable {
    /// The hash of the topics that it was made by.
    public var topics: String
    /// As ``IndexVersion/topicsChanges`` when it was made.
    public var topicsChanges: Int
    /// Anime that have a place.
    public var anime: Int
    /// Processor seconds.
    public var seconds: Double

    /// Describes a map.
    public init(topics: String, topicsChanges: Int, anime: Int, seconds: Double) {
        (self.topics, self.topicsChanges, self.anime, self.seconds) = (topics, topicsChanges, anime, seconds)
    }
}

extension MapVersion {
    init?(_ document: BSONDocument) {
        guard let number = document["_id"]?.intValue, let publishedAt = document["published_at"]?.dateValue,
            let topics = document["topics"]?.stringValue
        else { return nil }
        self.init(
            number: number, publishedAt: publishedAt,
            description: MapDescription(
                topics: topics, topicsChanges: document["topics_changes"]?.intValue ?? 0,
                anime: document["anime"]?.intValue ?? 0, seconds: document["seconds"]?.doubleValue ?? 0))
    }
}
