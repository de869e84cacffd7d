public import CrawlDomain
public import Foundation
public import MongoDriver

/// What a sweep over a site's pages did.
public struct PageSweep: Sendable, Hashable {
    /// Pages that were too old, or more than are kept.
    public var deleted = 0
    /// Pages that gave up a body which others have too.
    public var folded = 0
    /// Shared bodies that no page had any more.
    public var bodiesDeleted = 0

    /// Counts.
    public init(deleted: Int = 0, folded: Int = 0, bodiesDeleted: Int = 0) {
        (self.deleted, self.folded, self.bodiesDeleted) = (deleted, folded, bodiesDeleted)
    }
}

extension PageArchive {
    /// Pages deleted by one request.
    private static let deletedAtOnce = 1_000

    /// Deletes what is not to be kept of a site, and keeps equal bodies once.
    ///
    /// - Parameters:
    ///   - since: Only bodies of pages that were asked for since then are compared with the others; nil compares all.
    ///   - limit: Most pages to delete; the next sweep goes on.
    public func sweep(
        site: String, _ retention: PageRetention, now: Date, since: Date? = nil, limit: Int = .max
    ) async throws(MongoError) -> PageSweep {
        var sweep = PageSweep()
        if let keep = retention.keep {
            let seconds = Double(keep.components.seconds)
            let filter: BSONDocument = [
                "site": .string(site), "fetched_at": ["$lt": .date(now.addingTimeInterval(-seconds))],
            ]
            sweep.deleted += try await delete(filter, limit: limit)
        }
        if let most = retention.most {
            let excess = try await pages.count(["site": .string(site)]) - most
            sweep.deleted += try await delete(["site": .string(site)], limit: min(excess, limit - sweep.deleted))
        }
        let shared = SharedBodies(database: database)
        sweep.folded = try await shared.fold(site: site, since: since)
        sweep.bodiesDeleted = try await shared.collect(site: site)
        return sweep
    }

    /// Deletes the oldest pages that match.
    private func delete(_ filter: BSONDocument, limit: Int) async throws(MongoError) -> Int {
        var deleted = 0
        while deleted < limit {
            let options = FindOptions(
                sort: ["fetched_at": 1], projection: ["_id": 1, "fetched_at": 1],
                limit: min(Self.deletedAtOnce, limit - deleted))
            let oldest = try await pages.find(filter, options).all()
            guard let newest = oldest.last?["fetched_at"] else { break }
            // One that was asked for again meanwhile stays.
            let count = try await pages.deleteMany(
                ["_id": ["$in": .array(oldest.compactMap { $0["_id"] })], "fetched_at": ["$lte": newest]])
            guard count > 0 else { break }
            deleted += count
        }
        return deleted
    }

    /// Deletes what is kept of URLs, and bodies that only they had.
    ///
    /// - Parameter fingerprints: The URLs', as in `frontier`.
    /// - Returns: How many pages there were.
    @discardableResult
    public func forget(fingerprints: [String], session: MongoSession) async throws(MongoError) -> Int {
        let ids = fingerprints.flatMap { name in
            [false, true].map { BSONValue.string(Self.id(fingerprint: name, isUnread: $0)) }
        }
        let filter: BSONDocument = ["_id": ["$in": .array(ids)]]
        let shared = try await pages.find(
            filter.merging(["shared": true]), FindOptions(projection: ["site": 1, "content_hash": 1]), session: session
        ).all()
        let deleted = try await pages.deleteMany(filter, session: session)
        for (site, pages) in Dictionary(grouping: shared, by: { $0["site"]?.stringValue ?? "" }) {
            let hashes = pages.compactMap { $0["content_hash"]?.stringValue }
            _ = try await SharedBodies(database: database).delete(hashes, of: site, session: session)
        }
        return deleted
    }
}
