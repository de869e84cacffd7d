import Foundation
import MongoDriver

/// Published story maps in MongoDB: one document each, so that a reader sees a whole one or the one before.
public struct MapStore: Sendable {
    let database: AnimeDatabase

    /// Maps kept for readers that are about to load one.
    private static let kept = 2
    /// A place takes some thirty bytes before compression; documents of MongoDB end at 16 MB.
    private static let maximumBytes = 12 << 20
    private static let maximumUncompressedBytes = 64 << 20

    private var maps: MongoCollection { database.collection(.storyMaps) }

    /// The newest map without its places; nil before the first one.
    public func newest() async throws -> MapVersion? {
        try await maps.findOne([:], FindOptions(sort: ["_id": -1], projection: ["places": 0])).flatMap(MapVersion.init)
    }

    /// The places of a map; nil when a newer one has taken its place.
    public func places(of version: MapVersion) async throws -> [UInt8]? {
        let found = try await maps.findOne(["_id": .int64(Int64(version.number))])
        return found?["places"]?.binaryValue.flatMap {
            Zstandard.decompress($0.bytes, limit: Self.maximumUncompressedBytes)
        }
    }

    /// Publishes a map after `previous`, and drops older ones.
    ///
    /// - Throws: ``IndexStoreError/overtaken(version:)`` when somebody else has published after `previous`, and nothing is published;
    ///   ``IndexStoreError/incompressible(bytes:)`` for more than one document can hold.
    public func publish(after previous: MapVersion?, _ description: MapDescription, places: [UInt8]) async throws
        -> MapVersion
    {
        guard let data = Zstandard.compress(places), data.count <= Self.maximumBytes else {
            throw IndexStoreError.incompressible(bytes: places.count)
        }
        let number = (previous?.number ?? 0) + 1
        let content: BSONDocument = [
            "published_at": "$$NOW", "topics": ["$literal": .string(description.topics)],
            "topics_changes": .int32(Int32(clamping: description.topicsChanges)),
            "anime": .int32(Int32(clamping: description.anime)), "seconds": .double(description.seconds),
            "places": ["$literal": .binary(BSONBinary(data))],
        ]
        let isNext: Bool
        do {
            isNext = try await database.client.withTransaction { (session) throws(MongoError) -> Bool in
                guard try await maps.isNext(number, session) else { return false }
                // Where there is one of this number it is not found, and inserting another is refused.
                try await maps.updateOne(
                    ["_id": .int64(Int64(number)), "published_at": ["$exists": false]],
                    .pipeline([["$set": .document(content)]]), .upsert, session: session)
                return true
            }
        } catch {
            throw error.code == .duplicateKey ? IndexStoreError.overtaken(version: number) : error
        }
        guard isNext else { throw IndexStoreError.overtaken(version: number) }
        try await maps.deleteMany(["_id": ["$lte": .int64(Int64(number - Self.kept))]])
        return try await newest() ?? MapVersion(number: number, publishedAt: Date(), description: description)
    }
}
