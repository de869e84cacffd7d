import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct IndexStoreTests {
    private func publish(
        _ store: IndexStore, after previous: IndexVersion?, _ parts: [String: [[UInt8]]]
    ) async throws -> IndexVersion {
        try await store.publish(
            after: previous, IndexDescription(change: 1, built: "update", items: 1, users: 1, topicsChanges: 0),
            parts: parts.mapValues { $0.map(IndexChunk.bytes) })
    }

    @Test("what was published is read back, in order")
    func roundTrip() async throws {
        try await TemporaryDatabase.with { temporary in
            let store = temporary.database.index
            let chunks: [[UInt8]] = [[1, 2, 3], [], [1, 2, 3], Array(repeating: 7, count: 3_000_000)]
            let version = try await publish(store, after: nil, ["gram": chunks])
            let newest = try #require(try await store.newest())
            #expect(newest.number == version.number)
            #expect(try await store.read("gram", of: newest) == chunks)
        }
    }

    @Test("of two indexers that publish after the same version, one is told so")
    func overtaken() async throws {
        try await TemporaryDatabase.with { temporary in
            let store = temporary.database.index
            let first = try await publish(store, after: nil, ["a": [[1]]])
            _ = try await publish(store, after: first, ["a": [[2]]])
            await #expect(throws: IndexStoreError.self) { _ = try await publish(store, after: first, ["a": [[3]]]) }
            #expect(try await store.newest()?.number == 2)
        }
    }

    @Test("one that publishes after a version long gone is told so, though the next number is free again")
    func overtakenLongAgo() async throws {
        try await TemporaryDatabase.with { temporary in
            let (store, maps) = (temporary.database.index, temporary.database.maps)
            let first = try await publish(store, after: nil, ["a": [[1]]])
            var previous = first
            for number in 2...5 { previous = try await publish(store, after: previous, ["a": [[UInt8(number)]]]) }
            for old in [nil, first] {
                await #expect(throws: IndexStoreError.self) { _ = try await publish(store, after: old, ["a": [[9]]]) }
            }
            #expect(try await store.newest()?.number == 5)
            let description = MapDescription(topics: "t", topicsChanges: 0, anime: 0, seconds: 0)
            let drawn = try await maps.publish(after: nil, description, places: [1])
            var last = drawn
            for _ in 2...5 { last = try await maps.publish(after: last, description, places: [1]) }
            for old in [nil, drawn] {
                await #expect(throws: IndexStoreError.self) {
                    _ = try await maps.publish(after: old, description, places: [2])
                }
            }
            #expect(try await maps.newest()?.number == 5)
        }
    }

    @Test("old versions go, with the chunks that nobody needs any more")
    func pruning() async throws {
        try await TemporaryDatabase.with { temporary in
            var store = temporary.database.index
            store.grace = 0
            var previous: IndexVersion?
            var versions: [IndexVersion] = []
            for number in 1...6 {
                let version = try await publish(store, after: previous, ["a": [[0], [UInt8(number)]]])
                versions.append(version)
                previous = version
            }
            #expect(try await store.read("a", of: versions[5]) == [[0], [6]])
            #expect(try await store.read("a", of: versions[3]) == [[0], [4]])
            await #expect(throws: IndexStoreError.self) { _ = try await store.read("a", of: versions[0]) }
        }
    }

    @Test("a chunk that is known to be stored is not asked for; one of the version before is kept")
    func storedChunks() async throws {
        try await TemporaryDatabase.with { temporary in
            let store = temporary.database.index
            let first = try await publish(store, after: nil, ["a": [[1], [2]]])
            let early = try await store.write([.bytes([3])])
            let hashes = try #require(first.parts["a"])
            let second = try await store.publish(
                after: first, IndexDescription(change: 2, built: "update", items: 1, users: 1, topicsChanges: 0),
                parts: ["a": [.stored(hashes[1]), .stored(early[0]), .bytes([4])]])
            #expect(try await store.read("a", of: second) == [[2], [3], [4]])
        }
    }

    @Test("a version is not published with a chunk that was dropped since it was written")
    func lostChunk() async throws {
        try await TemporaryDatabase.with { temporary in
            let store = temporary.database.index
            let early = try await store.write([.bytes([3])])
            try await temporary.client.database(temporary.name).collection("index_chunks").deleteMany([:])
            await #expect(throws: IndexStoreError.self) {
                try await store.publish(
                    after: nil, IndexDescription(change: 2, built: "update", items: 1, users: 1, topicsChanges: 0),
                    parts: ["a": [.stored(early[0])]])
            }
            #expect(try await store.newest() == nil)
        }
    }

    @Test("a chunk that is not what its name says counts as missing, and a rebuild puts it right")
    func damagedChunk() async throws {
        try await TemporaryDatabase.with { temporary in
            var store = temporary.database.index
            let first = try await publish(store, after: nil, ["a": [[1], [2]]])
            let hashes = try #require(first.parts["a"])
            let chunks = temporary.client.database(temporary.name).collection("index_chunks")
            let other = try #require(try await chunks.findOne(["_id": .string(hashes[1])])?["data"])
            _ = try await chunks.updateOne(["_id": .string(hashes[0])], ["$set": ["data": other]])
            await #expect(throws: IndexStoreError.self) { try await store.read("a", of: first) }
            store.replacesStored = true
            let second = try await publish(store, after: first, ["a": [[1], [2]]])
            #expect(try await store.read("a", of: second) == [[1], [2]])
        }
    }

    @Test("with the newest version alone goes everything that only others needed; what was written since stays")
    func dropping() async throws {
        try await TemporaryDatabase.with { temporary in
            let store = temporary.database.index
            var previous: IndexVersion?
            for number in 1...3 as ClosedRange<UInt8> {
                previous = try await publish(store, after: previous, ["a": [[0], [number]]])
            }
            let newest = try #require(previous)
            // By the server's clock, which counts milliseconds.
            var unpublished: [String] = []
            repeat {
                unpublished = try await store.write([.bytes([9])])
            } while try await written(unpublished[0], temporary) <= newest.publishedAt
            try await store.dropOlderVersions()
            let chunks = temporary.client.database(temporary.name).collection("index_chunks")
            let there = try await chunks.find([:]).all().compactMap { $0["_id"]?.stringValue }
            #expect(Set(there) == Set((newest.parts["a"] ?? []) + unpublished))
            #expect(try await store.read("a", of: newest) == [[0], [3]])
            let versions = temporary.client.database(temporary.name).collection("index_versions")
            #expect(try await versions.count() == 1)
        }
    }

    private func written(_ hash: String, _ temporary: TemporaryDatabase) async throws -> Date {
        let chunks = temporary.client.database(temporary.name).collection("index_chunks")
        let found = try await chunks.findOne(["_id": .string(hash)])
        return try #require(found?["written"]?.dateValue)
    }

    @Test("whichever write fails while a version is published, readers see a whole version, and the next try succeeds")
    func failures() async throws {
        try await TemporaryDatabase.with { temporary in
            let proxy = try FaultProxy(uri: temporary.uri)
            defer { proxy.stop() }
            let client = try MongoClient(uri: proxy.uri)
            var failing = AnimeDatabase(client: client, name: temporary.name).index
            failing.grace = 0
            let store = temporary.database.index
            var previous = try await publish(store, after: nil, ["a": [[0], [1]], "b": [[2]]])
            var (write, failures, publishedAll) = (0, 0, false)
            while !publishedAll, write < 50 {
                write += 1
                let parts: [String: [[UInt8]]] = ["a": [[0], [UInt8(100 + write)]], "b": [[UInt8(write), 2]]]
                proxy.set(FaultPlan((.refuse(code: 8, name: "UnknownError", labels: []), at: .nth(write))))
                do {
                    _ = try await publish(failing, after: previous, parts)
                    publishedAll = proxy.writes < write
                } catch {
                    failures += 1
                }
                proxy.set(FaultPlan())
                var newest = try #require(try await store.newest())
                if newest.number == previous.number {
                    #expect(try await store.read("a", of: newest)[0] == [0])
                    newest = try await publish(failing, after: previous, parts)
                }
                #expect(newest.number == previous.number + 1)
                #expect(try await store.read("a", of: newest) == parts["a"])
                #expect(try await store.read("b", of: newest) == parts["b"])
                previous = newest
            }
            // Chunks of two parts, the pointer, the versions and the chunks that go.
            #expect(failures >= 4)
            #expect(publishedAll)
            await client.close()
        }
    }
}
