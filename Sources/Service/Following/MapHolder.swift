import Indexing
import Reports
public import Storage
import Synchronization

/// The published map that requests are answered from, with what was made of it last.
public final class MapHolder: Sendable {
    private let published = Mutex<PublishedMap?>(nil)
    private let drawn = Latest<String, DrawnMap?>()

    /// Holds nothing yet.
    public init() {}

    /// Loads the newest published map, if it is newer than the one held.
    public func refresh(from database: AnimeDatabase) async throws {
        guard let newest = try await database.maps.newest(),
            newest.number != published.withLock({ $0?.version.number })
        else { return }
        let loaded = try await PublishedMap.load(from: database)
        published.withLock { $0 = loaded }
    }

    /// The map of an index version; nil while none is published, or without topics.
    ///
    /// Made anew only when anime, their texts or the map itself are other ones; who asks while it is made gets the one before.
    func map(of index: AnimeIndex) async -> DrawnMap? {
        guard let published = published.withLock(\.self) else { return nil }
        let tag = "m\(published.version.number)-\(index.version.mapHash.prefix(16))-\(ProgramVersion.text)"
        return await drawn.value(tag, takesOlder: true) {
            index.storyMap(published).map { DrawnMap($0, of: index, tag: tag) }
        }
    }
}
