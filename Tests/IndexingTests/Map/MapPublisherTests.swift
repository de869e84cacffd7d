import Storage
import TestSupport
import Testing

@testable import Indexing

@Suite("MapPublisher", .enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct MapPublisherTests {
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
