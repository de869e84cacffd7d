public import Foundation
public import MongoDriver

/// What is kept of one site's pages.
public struct PageStatus: Sendable, Hashable {
    /// The site.
    public let site: String
    /// Pages.
    public var pages = 0
    /// Bytes of their bodies, decoded.
    public var rawBytes = 0
    /// Bytes of their bodies as they are stored, each counted as if it were there for itself.
    public var compressedBytes = 0
    /// Pages whose body is kept with others that are the same.
    public var sharedPages = 0
    /// Bytes that are not there because of that.
    public var savedBytes = 0
    /// Pages of older versions, of which the compressed size is not known.
    public var unmeasured = 0
    /// When the oldest was asked for.
    public var oldest: Date?
    /// When the newest was asked for.
    public var newest: Date?

    /// Bytes that are stored.
    public var storedBytes: Int { compressedBytes - savedBytes }
}

extension PageArchive {
    /// What is kept, by site.
    public func status(site: String? = nil) async throws(MongoError) -> [PageStatus] {
        let filter: BSONDocument = site.map { ["site": .string($0)] } ?? ["site": ["$gte": ""]]
        let sums = try await pages.aggregate([
            ["$match": .document(filter)],
            [
                "$group": [
                    "_id": "$site", "pages": ["$sum": 1], "length": ["$sum": "$length"], "size": ["$sum": "$size"],
                    "unmeasured": ["$sum": ["$cond": [["$gt": ["$size", .null]], 0, 1]]],
                ]
            ], ["$sort": ["_id": 1]],
        ]).all()
        var status: [PageStatus] = []
        for sum in sums {
            guard let site = sum["_id"]?.stringValue else { continue }
            var one = PageStatus(site: site)
            one.pages = sum["pages"]?.intValue ?? 0
            one.rawBytes = sum["length"]?.intValue ?? 0
            one.compressedBytes = sum["size"]?.intValue ?? 0
            one.unmeasured = sum["unmeasured"]?.intValue ?? 0
            (one.oldest, one.newest) = (try await fetchedAt(first: 1, site), try await fetchedAt(first: -1, site))
            let shared = try await Self.sum(pages, ["site": .string(site), "shared": true])
            let bodies = try await Self.sum(
                database.collection(.pageBodies), ["_id": ["$gt": .string("\(site):"), "$lt": .string("\(site);")]])
            one.sharedPages = shared.count
            one.savedBytes = max(0, shared.size - bodies.size)
            status.append(one)
        }
        return status
    }

    /// When the first page of a site was asked for, in an order.
    private func fetchedAt(first order: Int32, _ site: String) async throws(MongoError) -> Date? {
        let options = FindOptions(
            sort: ["site": .int32(order), "fetched_at": .int32(order)], projection: ["_id": 0, "fetched_at": 1])
        return try await pages.findOne(["site": .string(site)], options)?["fetched_at"]?.dateValue
    }

    private static func sum(
        _ collection: MongoCollection, _ filter: BSONDocument
    ) async throws(MongoError) -> (count: Int, size: Int) {
        let sum = try await collection.aggregate([
            ["$match": .document(filter)], ["$group": ["_id": 1, "count": ["$sum": 1], "size": ["$sum": "$size"]]],
        ]).all().first
        return (sum?["count"]?.intValue ?? 0, sum?["size"]?.intValue ?? 0)
    }
}
