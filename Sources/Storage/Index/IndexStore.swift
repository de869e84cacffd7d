import Foundation
import MongoDriver

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
    /// Whether chunks that are stored already are written anew, as a rebuild does: what is stored may be damaged.
    public var replacesStored = false

    /// Old versions kept for readers that are still loading them.
    private static let versionsKept = 3
    private static let maximumChunkBytes = 256 << 20
    /// Chunks asked for, or written, at once.
    private static let batch = 64

    var versions: MongoCollection { database.collection(.indexVersions) }
    var chunks: MongoCollection { database.collection(.indexChunks) }

    /// The newest version; nil before the first build.
    public func newest() async throws -> IndexVersion? {
        try await versions.findOne([:], FindOptions(sort: ["_id": -1])).flatMap(IndexVersion.init)
    }

    /// The chunks of one part, in order.
    public func read(_ part: String, of version: IndexVersion) async throws -> [[UInt8]] {
        try await read(version.parts[part] ?? [], part: part)
    }

    /// Chunks by their hashes, in order.
    ///
    /// - Parameter part: What to call them when one is missing.
    public func read(_ hashes: [String], part: String) async throws -> [[UInt8]] {
        var found: [String: [UInt8]] = [:]
        for some in hashes.chunked(Self.batch) {
            let wanted = Set(some).sorted().map(BSONValue.string)
            let documents = try await chunks.find(["_id": ["$in": .array(wanted)]]).all()
            for document in documents {
                guard let hash = document["_id"]?.stringValue, let data = document["data"]?.binaryValue else {
                    continue
                }
                let chunk = Zstandard.decompress(data.bytes, limit: Self.maximumChunkBytes)
                // One that is not what its name says is as good as missing.
                if let chunk, IndexChunk.hash(of: chunk) == hash { found[hash] = chunk }
            }
        }
        return try hashes.map { hash in
            guard let chunk = found[hash] else { throw IndexStoreError.missingChunk(part: part) }
            return chunk
        }
    }

    /// Publishes a version after `previous`: writes the chunks that are new, then the pointer, then drops what nobody needs.
    ///
    /// - Parameter leadership: Under which it is published; nil for one that an operator has made.
    /// - Throws: ``IndexStoreError/overtaken(version:)`` when somebody else has published after `previous`, and
    ///   ``StorageError/leadershipLost(role:)`` when somebody else leads; then nothing is published.
    public func publish(
        after previous: IndexVersion?, _ description: IndexDescription, parts: [String: [IndexChunk]],
        under leadership: Leadership? = nil
    ) async throws -> IndexVersion {
        // Those of the version before are there for as long as it is the newest; and if it is not, this one will not be published.
        let kept = replacesStored ? [] : Set(previous?.parts.values.flatMap(\.self) ?? [])
        var hashes: [String: [String]] = [:]
        for (part, pieces) in parts.sorted(by: { $0.key < $1.key }) {
            hashes[part] = try await write(pieces, besides: kept)
        }
        let number = (previous?.number ?? 0) + 1
        let version = try await point(
            to: IndexVersion(number: number, publishedAt: Date(), description, parts: hashes), under: leadership)
        try await prune(keeping: Self.versionsKept, after: version)
        return version
    }

    /// Writes the one document that publishes a version, with the server's time.
    private func point(to version: IndexVersion, under leadership: Leadership?) async throws -> IndexVersion {
        let content = version.document.reduce(into: BSONDocument()) { content, field in
            guard field.key != "_id" else { return }
            content[field.key] = field.key == "published_at" ? "$$NOW" : ["$literal": field.value]
        }
        let isNext: Bool
        do {
            isNext = try await database.client.withTransaction { (session) throws(StorageError) -> Bool in
                if let leadership { try await database.leaders.fence(leadership, session) }
                return try await StorageError.wrapping { () throws(MongoError) -> Bool in
                    // A number that is free may be one of a version that was dropped.
                    guard try await versions.isNext(version.number, session) else { return false }
                    // Where there is one of this number it is not found, and inserting another is refused.
                    try await versions.updateOne(
                        ["_id": .int64(Int64(version.number)), "published_at": ["$exists": false]],
                        .pipeline([["$set": .document(content)]]), .upsert, session: session)
                    return true
                }
            }
        } catch {
            guard error.mongoError?.code == .duplicateKey else { throw error }
            throw IndexStoreError.overtaken(version: version.number)
        }
        guard isNext else { throw IndexStoreError.overtaken(version: version.number) }
        return try await versions.findOne(["_id": .int64(Int64(version.number))]).flatMap(IndexVersion.init) ?? version
    }

    /// Writes chunks for a version that is yet to be published.
    ///
    /// - Parameter kept: Hashes of chunks that are known to be there.
    /// - Returns: Their hashes, in order.
    /// - Throws: ``IndexStoreError/missingChunk(part:)`` when one that is said to be stored is there no longer.
    @discardableResult
    public func write(_ pieces: [IndexChunk], besides kept: Set<String> = []) async throws -> [String] {
        var hashes: [String] = []
        var new: [String: [UInt8]] = [:]
        var stored: Set<String> = []
        for piece in pieces {
            let hash = piece.hash
            hashes.append(hash)
            guard !kept.contains(hash) else { continue }
            switch piece {
            case .bytes(let bytes): new[hash] = bytes
            case .stored: stored.insert(hash)
            }
        }
        try await renew(stored.subtracting(new.keys))
        for some in new.keys.sorted().chunked(Self.batch) {
            let known = replacesStored ? [] : try await renewed(Array(some))
            let absent = try Set(some).subtracting(known).sorted().map { hash in
                guard let data = Zstandard.compress(new[hash] ?? []) else {
                    throw IndexStoreError.incompressible(bytes: new[hash]?.count ?? 0)
                }
                return WriteModel.updateOne(
                    ["_id": .string(hash)],
                    .pipeline([["$set": ["written": "$$NOW", "data": ["$literal": .binary(BSONBinary(data))]]]]),
                    .upsert)
            }
            if !absent.isEmpty { try await chunks.bulkWrite(absent).throwIfAnyRowFailed() }
        }
        return hashes
    }

    /// Sees to it that chunks which were written for a version that is yet to be published are still there, and stay.
    private func renew(_ hashes: Set<String>) async throws {
        for some in hashes.sorted().chunked(Self.batch) {
            guard try await renewed(Array(some)).count == some.count else {
                throw IndexStoreError.missingChunk(part: "lists")
            }
        }
    }

    /// Of some chunks those that are stored. One that is used again is as good as written now: nobody may drop it before it is published.
    private func renewed(_ hashes: [String]) async throws -> [String] {
        let known = try await chunks.find(
            ["_id": ["$in": .array(hashes.map(BSONValue.string))]], FindOptions(projection: ["_id": 1])
        ).all().compactMap { $0["_id"]?.stringValue }
        guard !known.isEmpty else { return [] }
        try await chunks.updateMany(
            ["_id": ["$in": .array(known.map(BSONValue.string))]], .pipeline([["$set": ["written": "$$NOW"]]]))
        return known
    }
}

extension MongoCollection {
    /// Whether the greatest number of a document is the one before this.
    func isNext(_ number: Int, _ session: MongoSession) async throws(MongoError) -> Bool {
        let newest = try await findOne([:], FindOptions(sort: ["_id": -1], projection: ["_id": 1]), session: session)
        return newest?["_id"]?.intValue ?? 0 == number - 1
    }
}

extension Array {
    /// Consecutive slices of at most `size` elements.
    func chunked(_ size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
