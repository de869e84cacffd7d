import Recommender
public import Storage

/// Makes story maps of the newest index version and publishes them: on a thread that gives way, apart from the indexer, so that no index
/// version waits for a map.
///
/// A map is a pure function of the stories, their topics and the map before, from whose places it starts: what was drawn stays about
/// where it was. Two who make one at once have done it twice, and one of them is published.
public actor MapPublisher {
    /// Anime beyond these, the least known, have no place: comparing all pairs takes seconds for so many.
    static let mostAnime = 40_000

    private let database: AnimeDatabase
    private let pace: MapPace
    private let options: StoryMap.Options
    private let givesWay: Bool
    private var timing: MapTiming
    /// The number of the newest map that could be read.
    private var readable: Int?

    /// Publishes maps of this database.
    ///
    /// - Parameter givesWay: Whether all other work of the machine goes first.
    public init(
        database: AnimeDatabase, pace: MapPace = .init(), options: StoryMap.Options = .init(), givesWay: Bool = true
    ) {
        self.givesWay = givesWay
        self.database = database
        self.pace = pace
        self.options = options
        timing = MapTiming(pace)
    }

    /// Makes a map whenever one is due, until the task is cancelled.
    ///
    /// - Parameter onPublish: Called with each map that was published.
    public func follow(onPublish: @Sendable (MapVersion) async -> Void) async throws {
        while !Task.isCancelled {
            if let version = try await publishIfDue(now: .now) { await onPublish(version) }
            try? await Task.sleep(for: pace.look)
        }
    }

    /// Makes and publishes a map if one is due; nil when none is, or somebody else was quicker.
    func publishIfDue(now: ContinuousClock.Instant) async throws -> MapVersion? {
        guard let index = try await database.index.newest() else { return nil }
        var drawn = try await database.maps.newest()
        // One that cannot be read is as good as none.
        if let map = drawn, try await !isReadable(map) { drawn = nil }
        let subject = MapTiming.Subject(topics: index.topicsHash, topicsChanges: index.topicsChanges)
        let known = (drawn?.description).map { MapTiming.Subject(topics: $0.topics, topicsChanges: $0.topicsChanges) }
        guard timing.isDue(subject, anime: index.items, drawn: known, now: now) else { return nil }
        let start = ContinuousClock.now
        var version: MapVersion?
        defer {
            if version == nil { timing.failed(after: start.duration(to: .now) / .seconds(1), now: now) }
        }
        version = try await publish()
        return version
    }

    private func isReadable(_ map: MapVersion) async throws -> Bool {
        guard readable != map.number else { return true }
        do { _ = try await PublishedMap.load(from: database) } catch is IndexError { return false }
        readable = map.number
        return true
    }

    /// Makes a map of the newest index version now, and publishes it; nil without an index, without topics, or when somebody else was
    /// quicker.
    public func publish() async throws -> MapVersion? {
        let previous = try await database.maps.newest()
        guard let index = try await database.index.newest() else { return nil }
        let former: PublishedMap?
        // One that cannot be read is made again from the beginning.
        do { former = try await PublishedMap.load(from: database) } catch is IndexError { former = nil }
        guard let stories = try await stories(of: index), !stories.isEmpty else { return nil }
        let (options, topics) = (options, index.topicsHash)
        let (places, seconds) = await LowPriorityThread.run(givesWay ? .map : .none, named: "map fit") { demand in
            stories.places(options, former: former, topics: topics) { demand.lasts }
        }
        guard !Task.isCancelled else { return nil }
        timing.made(in: seconds, now: .now)
        let description = MapDescription(
            topics: topics, topicsChanges: index.topicsChanges, anime: places.places.count, seconds: seconds)
        do {
            return try await database.maps.publish(after: previous, description, places: places.bytes)
        } catch IndexStoreError.overtaken {
            return nil
        }
    }

    /// Nil when the version was dropped meanwhile, because there is a newer one.
    private func stories(of index: IndexVersion) async throws -> MapStories? {
        do {
            return try await MapStories(index, from: database.index)
        } catch IndexStoreError.missingChunk(let part) {
            guard try await database.index.newest()?.number != index.number else {
                throw IndexStoreError.missingChunk(part: part)
            }
            return nil
        }
    }
}
