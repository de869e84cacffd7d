import CrawlDomain
public import Foundation
import MongoDriver
import WebStandards

/// One published state of the index.
public struct IndexVersion: Sendable {
    /// 1, 2, 3 …
    public let number: Int
    /// The last change folded in.
    public let change: Int
    /// When it was published, by the indexer's clock.
    public let publishedAt: Date
    /// "rebuild" or "update".
    public let built: String
    /// Anime that can be recommended.
    public let items: Int
    /// People whose ratings are in it.
    public let users: Int
    /// Descriptions changed since the topics were fitted.
    public let topicsChanges: Int
    /// Sites whose changes after a number are left out, because their publication is held.
    public let held: [String: Int]
    /// Part → hashes of its chunks, in order.
    public let parts: [String: [String]]
}

/// Why an index version could not be read or written.
public enum IndexStoreError: Error, Sendable, CustomStringConvertible {
    case missingChunk(part: String)
    /// Somebody else published first.
    case overtaken(version: Int)
    /// A chunk could not be compressed: no memory.
    case incompressible(bytes: Int)

    /// What is missing, and what to do about it.
    public var description: String {
        switch self {
        case .missingChunk(let part): "the index's part '\(part)' is not whole; run `animematcher index build`"
        case .incompressible(let bytes): "no memory to compress \(bytes) bytes of the index"
        case .overtaken(let version): "version \(version) was published by another indexer meanwhile"
        }
    }
}

/// Published index versions in MongoDB.
///
/// Chunks are addressed by their content, so a version writes only what it does not share with earlier ones. They are written before the
/// one document that publishes them: a reader sees a whole version or the one before, and a crash in the middle changes nothing.
public struct IndexStore: Sendable {
    let database: AnimeDatabase

    /// Chunks that no version needs are kept for so many seconds since they were last written.
    public var grace: Double = 3_600

    /// Old versions kept for readers that are still loading them.
    private static let versionsKept = 3
    private static let maximumChunkBytes = 256 << 20

    private var versions: MongoCollection { database.collection(.indexVersions) }
    private var chunks: MongoCollection { database.collection(.indexChunks) }

    /// The newest version; nil before the first build.
    public func newest() async throws -> IndexVersion? {
        try await versions.findOne([:], FindOptions(sort: ["_id": -1])).flatMap(IndexVersion.init)
    }

    /// The chunks of one part, in order.
    public func read(_ part: String, of version: IndexVersion) async throws -> [[UInt8]] {
        let hashes = version.parts[part] ?? []
        var found: [String: [UInt8]] = [:]
        for some in hashes.chunked(64) {
            let documents = try await chunks.find(["_id": ["$in": .array(some.map(BSONValue.string))]]).all()
            for document in documents {
                guard let hash = document["_id"]?.stringValue, let data = document["data"]?.binaryValue else {
                    continue
                }
                found[hash] = Zstandard.decompress(data.bytes, limit: Self.maximumChunkBytes)
            }
        }
        return try hashes.map { hash in
            guard let chunk = found[hash] else { throw IndexStoreError.missingChunk(part: part) }
            return chunk
        }
    }

    /// Publishes a version after `previous`: writes the chunks that are new, then the pointer, then drops what nobody needs.
    public func publish(
        after previous: IndexVersion?, change: Int, built: String, items: Int, users: Int, topicsChanges: Int,
        held: [String: Int] = [:], parts: [String: [[UInt8]]]
    ) async throws -> IndexVersion {
        var hashes: [String: [String]] = [:]
        for (part, pieces) in parts { hashes[part] = try await write(pieces) }
        let number = (previous?.number ?? 0) + 1
        let version = IndexVersion(
            number: number, change: change, publishedAt: Date(), built: built, items: items, users: users,
            topicsChanges: topicsChanges, held: held, parts: hashes)
        do {
            try await versions.insert(version.document)
        } catch {
            throw error.code == .duplicateKey ? IndexStoreError.overtaken(version: number) : error
        }
        try await prune(keeping: Self.versionsKept)
        return version
    }

    private func write(_ pieces: [[UInt8]]) async throws -> [String] {
        let hashes = pieces.map { ContentHash(ofBytes: $0).hex }
        let byHash = Dictionary(zip(hashes, pieces), uniquingKeysWith: { first, _ in first })
        for some in byHash.keys.sorted().chunked(64) {
            let known = try await chunks.find(
                ["_id": ["$in": .array(some.map(BSONValue.string))]], FindOptions(projection: ["_id": 1])
            ).all().compactMap { $0["_id"]?.stringValue }
            // A chunk that is used again is as good as written now: nobody may drop it before it is published.
            try await chunks.updateMany(
                ["_id": ["$in": .array(known.map(BSONValue.string))]], ["$set": ["written": .date(Date())]])
            for hash in Set(some).subtracting(known) {
                guard let data = Zstandard.compress(byHash[hash] ?? []) else {
                    throw IndexStoreError.incompressible(bytes: byHash[hash]?.count ?? 0)
                }
                try await chunks.replaceOne(
                    ["_id": .string(hash)],
                    with: ["_id": .string(hash), "written": .date(Date()), "data": .binary(BSONBinary(data))], .upsert)
            }
        }
        return hashes
    }

    /// Drops all versions but the newest, with what only they need: who is forgotten is not to be found in an older one.
    ///
    /// A reader that is about to load an older version must begin again.
    public func dropOlderVersions() async throws {
        var strict = self
        strict.grace = 0
        try await strict.prune(keeping: 1)
    }

    private func prune(keeping count: Int) async throws {
        let all = try await versions.find([:], FindOptions(sort: ["_id": -1])).all().compactMap(IndexVersion.init)
        guard all.count >= count, let oldest = all.prefix(count).last else { return }
        try await versions.deleteMany(["_id": ["$lt": .int64(Int64(oldest.number))]])
        let needed = Set(all.prefix(count).flatMap { $0.parts.values.flatMap(\.self) })
        // Not what another indexer may have written for a version that it has not published yet.
        try await chunks.deleteMany([
            "_id": ["$nin": .array(needed.sorted().map(BSONValue.string))],
            "written": ["$lt": .date(Date().addingTimeInterval(-grace))],
        ])
    }
}

extension IndexVersion {
    fileprivate init?(_ document: BSONDocument) {
        guard let number = document["_id"]?.intValue, let change = document["change"]?.intValue,
            let publishedAt = document["published_at"]?.dateValue, let parts = document["parts"]?.documentValue
        else { return nil }
        self.init(
            number: number, change: change, publishedAt: publishedAt,
            built: document["built"]?.stringValue ?? "rebuild",
            items: document["items"]?.intValue ?? 0, users: document["users"]?.intValue ?? 0,
            topicsChanges: document["topics_changes"]?.intValue ?? 0,
            held: (document["held"]?.documentValue).map(HeldSites.read) ?? [:],
            parts: parts.reduce(into: [:]) { $0[$1.key] = $1.value.arrayValue?.compactMap(\.stringValue) ?? [] })
    }

    fileprivate var document: BSONDocument {
        [
            "_id": .int64(Int64(number)), "change": .int64(Int64(change)), "published_at": .date(publishedAt),
            "built": .string(built),
            "items": .int32(Int32(clamping: items)), "users": .int32(Int32(clamping: users)),
            "topics_changes": .int32(Int32(clamping: topicsChanges)), "held": .document(HeldSites.document(held)),
            "parts": .document(
                parts.sorted { $0.key < $1.key }.reduce(into: [:]) {
                    $0[$1.key] = .array($1.value.map(BSONValue.string))
                }),
        ]
    }
}

extension Array {
    /// Consecutive slices of at most `size` elements.
    func chunked(_ size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
