public import CrawlDomain
public import struct Foundation.Date
public import MongoDriver

/// What all crawls of a site have done, those under way included.
public struct CrawlTotals: Sendable, Hashable {
    /// Sums over all runs.
    public var counters = CrawlCounters()
    /// When the last run ended that came to its end; nil when none did.
    public var finishedAt: Date?

    /// Nothing done.
    public init() {}
}

extension RunLog {
    /// Sums over all runs of a site; reads each of them once, so ask no more often than you need to.
    public func totals(site: String) async throws(MongoError) -> CrawlTotals {
        var totals = CrawlTotals()
        var sums: BSONDocument = [
            "_id": .null,
            "finished": ["$max": ["$cond": [["$eq": ["$state", "finished"]], "$ended_at", .null]]],
        ]
        for name in RunDocument.numberNames { sums[name] = ["$sum": .string("$counters.\(name)")] }
        var facets: BSONDocument = ["numbers": [["$group": .document(sums)]]]
        for name in RunDocument.tableNames {
            facets[name] = [
                ["$project": ["row": ["$objectToArray": .string("$counters.\(name)")]]], ["$unwind": "$row"],
                ["$group": ["_id": "$row.k", "count": ["$sum": "$row.v"]]],
            ]
        }
        let found = try await database.collection(.runs).aggregate([
            ["$match": ["site": .string(site)]], ["$facet": .document(facets)],
        ]).all().first
        guard let found else { return totals }
        let numbers = found["numbers"]?.arrayValue?.first?.documentValue ?? [:]
        totals.finishedAt = numbers["finished"]?.dateValue
        var counters = numbers
        for name in RunDocument.tableNames {
            let rows = found[name]?.arrayValue?.compactMap { row in
                row["_id"]?.stringValue.map { ($0, row["count"] ?? .int64(0)) }
            }
            counters[name] = .document(BSONDocument(rows ?? []))
        }
        totals.counters = RunDocument.counters(counters)
        return totals
    }
}
