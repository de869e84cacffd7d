import Foundation
import MongoDriver

extension IndexStore {
    /// Chunks that belong to no version are looked for with every so many versions.
    private static let versionsBetweenSweeps = 16

    /// Drops all versions but the newest, with what only they need: who is forgotten is not to be found in an older one.
    ///
    /// A reader that is about to load an older version must begin again. Chunks that were written since the newest version was published
    /// stay for the usual time: an indexer that has taken that version in may be about to publish them.
    public func dropOlderVersions() async throws {
        guard let newest = try await newest() else { return }
        let (all, _) = try await allVersions()
        try await dropVersions(all, keeping: 1)
        try await sweep(keeping: all.filter { $0.number >= newest.number }, writtenBefore: newest.publishedAt)
    }

    /// Drops versions that are too old, and from time to time what nobody needs.
    func prune(keeping count: Int, after version: IndexVersion) async throws {
        let (all, now) = try await allVersions()
        try await dropVersions(all, keeping: count)
        guard grace <= 0 || version.number % Self.versionsBetweenSweeps == 0 || version.built == "rebuild" else {
            return
        }
        try await sweep(keeping: Array(all.prefix(count)), writtenBefore: now.addingTimeInterval(-grace))
    }

    /// All versions, the newest first, and the server's time.
    private func allVersions() async throws -> ([IndexVersion], now: Date) {
        let found = try await versions.find([:], FindOptions(sort: ["_id": -1], projection: ServerTime.projection))
            .all().compactMap(ServerTime.read)
        return (found.compactMap { IndexVersion($0.stored) }, found.first?.now ?? Date(timeIntervalSince1970: 0))
    }

    private func dropVersions(_ all: [IndexVersion], keeping count: Int) async throws {
        guard all.count > count, let oldest = all.prefix(count).last else { return }
        try await versions.deleteMany(["_id": ["$lt": .int64(Int64(oldest.number))]])
    }

    /// Removes chunks that none of these versions needs, but not what another indexer may have written for one that it has not published
    /// yet.
    private func sweep(keeping all: [IndexVersion], writtenBefore time: Date) async throws {
        let needed = Set(all.flatMap { $0.parts.values.flatMap(\.self) })
        let old: BSONDocument = ["written": ["$lt": .date(time)]]
        let found = try await chunks.find(old, FindOptions(projection: ["_id": 1])).all()
        let needless = found.compactMap { $0["_id"]?.stringValue }.filter { !needed.contains($0) }
        for some in needless.chunked(1_000) {
            try await chunks.deleteMany(old.merging(["_id": ["$in": .array(some.map(BSONValue.string))]]))
        }
    }
}
