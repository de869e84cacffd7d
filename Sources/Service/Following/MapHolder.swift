import Indexing
public import Storage
import Synchronization

/// The published map that requests are answered from, with what was made of it last.
public final class MapHolder: Sendable {
    private struct Held {
        var published: PublishedMap?
        var drawn: DrawnMap?
    }

    private let held = Mutex(Held())

    /// Holds nothing yet.
    public init() {}

    /// Loads the newest published map, if it is newer than the one held.
    public func refresh(from database: AnimeDatabase) async throws {
        guard let newest = try await database.maps.newest(),
            newest.number != held.withLock({ $0.published?.version.number })
        else { return }
        let loaded = try await PublishedMap.load(from: database)
        held.withLock { $0.published = loaded }
    }

    /// The map of an index version; nil while none is published, or without topics.
    ///
    /// Made anew only when anime, their texts or the map itself are other ones.
    func map(of index: AnimeIndex) -> DrawnMap? {
        let (published, drawn) = held.withLock { ($0.published, $0.drawn) }
        guard let published else { return nil }
        let tag = "m\(published.version.number)-\(index.version.mapHash.prefix(16))-\(ServiceVersion.text)"
        if let drawn, drawn.tag == tag { return drawn }
        // Two who ask at once make it twice, once for each version.
        guard let map = index.storyMap(published) else { return nil }
        let made = DrawnMap(map, of: index, tag: tag)
        held.withLock { $0.drawn = made }
        return made
    }
}
