import CrawlDomain
import Storage
import TestSupport
import Testing
import WebStandards

@testable import Indexing

@Suite("MapPublisher", .enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct MapPublisherTests {
    private static let options = {
        var options = StoryMap.Options()
        (options.clusterCount, options.iterations) = (9, 40)
        return options
    }()

    /// An index of anime with descriptions that make topics.
    private func index(of database: AnimeDatabase) async throws -> Indexer {
        let entries = TopicStudyTests.moreSubjects.enumerated().map { number, source in
            // Short descriptions are none.
            let story = Array(repeating: source.descriptions[0], count: 12).joined(separator: " ")
            return Item(
                type: .entry, key: "demo:\(number)",
                fields: [
                    "_id": .string("demo:\(number)"), "site": "demo", "id": .int(Int64(number)),
                    "url": .string("http://demo.example/anime/\(number)"), "title": .string(source.id), "type": "TV",
                    "title_synonyms": [], "genres": ["Drama"], "openings": [], "endings": [], "related": [],
                    "adult": false, "synopsis": .string(story), "external_ids": [],
                ])
        }
        _ = try await database.ledger.store(entries, cause: ChangeCause(.crawl, id: "test"))
        let indexer = Indexer(database: database)
        _ = try await indexer.build()
        return indexer
    }

    @Test("a map is published, read by a version of the index, and made again from its places")
    func publishing() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            _ = try await index(of: database)
            let index = try await AnimeIndex.load(from: database)
            #expect(index.topics != nil)
            #expect(try await PublishedMap.load(from: database) == nil)
            let publisher = MapPublisher(database: database, options: Self.options)
            let first = try #require(try await publisher.publishIfDue(now: .now))
            #expect(first.number == 1)
            #expect(try await publisher.publishIfDue(now: .now) == nil)
            let published = try #require(try await PublishedMap.load(from: database))
            let map = try #require(index.storyMap(published))
            #expect(map.points.map(\.id) == index.topicVectors.map(\.id))
            #expect(map.points.count > 90)
            #expect(map.topics.reduce(0) { $0 + $1.count } == map.points.count)
            #expect(try await publisher.publish()?.number == 2)
            #expect(try await publisher.publish()?.number == 3)
            #expect(try await database.maps.places(of: first) == nil)
            #expect(try await database.index.newest()?.number == index.version.number)
        }
    }

    @Test("a map that cannot be read is replaced; where none can be made, that is not tried again at once")
    func unreadable() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            _ = try await index(of: database)
            let newest = try #require(try await database.index.newest())
            let description = MapDescription(
                topics: newest.topicsHash, topicsChanges: newest.topicsChanges, anime: 108, seconds: 0)
            _ = try await database.maps.publish(after: nil, description, places: [1, 2, 3])
            let now = ContinuousClock.now
            let publisher = MapPublisher(database: database, options: Self.options)
            #expect(try await publisher.publishIfDue(now: now)?.number == 2)
            #expect(try await PublishedMap.load(from: database) != nil)
            // Damaged again: it is made anew, after a rest.
            _ = try await database.maps.publish(after: try await database.maps.newest(), description, places: [])
            #expect(try await publisher.publishIfDue(now: now) == nil)
            #expect(try await publisher.publishIfDue(now: now + .seconds(3_600))?.number == 4)
        }
    }

    @Test("of two who publish after the same map one is told so, and a damaged map is refused")
    func overtaken() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            let description = MapDescription(topics: "t", topicsChanges: 0, anime: 0, seconds: 0)
            _ = try await database.maps.publish(after: nil, description, places: [1, 2, 3])
            await #expect(throws: IndexStoreError.self) {
                _ = try await database.maps.publish(after: nil, description, places: [])
            }
            await #expect(throws: IndexError.self) { _ = try await PublishedMap.load(from: database) }
        }
    }
}
