import Foundation
import Storage
import TestSupport
import Testing
import WebStandards

@testable import Indexing

@Suite("MapPublisher", .enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct MapPublisherTests {
    @Test(
        "a map is published, read by a version of the index, and made again from its places; the index is none of its business"
    )
    func publishing() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            var shelf = Shelf(database, seed: 12)
            try await shelf.fill(entries: 60, users: 5)
            let indexer = Indexer(database: database)
            _ = try await indexer.build()
            let index = try await AnimeIndex.load(from: database)
            #expect(try await PublishedMap.load(from: database) == nil)
            let publisher = MapPublisher(database: database)
            let first = try #require(try await publisher.publishIfDue(now: .now))
            #expect(first.number == 1)
            #expect(try await publisher.publishIfDue(now: .now) == nil)
            let published = try #require(try await PublishedMap.load(from: database))
            let map = try #require(index.storyMap(published))
            #expect(map.points.map(\.id) == index.topicVectors.map(\.id))
            #expect(map.topics.reduce(0) { $0 + $1.count } == map.points.count)
            let second = try #require(try await publisher.publish())
            #expect(second.number == 2)
            _ = try await publisher.publish()
            #expect(try await database.maps.places(of: first) == nil)
            #expect(try await indexer.verify().different == [])
            #expect(try await database.index.newest()?.number == index.version.number)
        }
    }

    @Test("of two who publish after the same map one is told so, and a damaged map is made anew")
    func overtaken() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            let description = MapDescription(topics: "t", topicsChanges: 0, anime: 0, seconds: 0)
            _ = try await database.maps.publish(after: nil, description, places: [1, 2, 3])
            await #expect(throws: IndexStoreError.self) {
                _ = try await database.maps.publish(after: nil, description, places: [])
            }
            await #expect(throws: IndexError.self) { _ = try await PublishedMap.load(from: database) }
            var shelf = Shelf(database, seed: 13)
            try await shelf.fill(entries: 60, users: 2)
            _ = try await Indexer(database: database).build()
            #expect(try await MapPublisher(database: database).publish()?.number == 2)
            #expect(try await PublishedMap.load(from: database) != nil)
        }
    }
}
