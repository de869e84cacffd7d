public import CrawlDomain
import Foundation
import MongoDriver

extension MongoFrontier {
    /// The first thousand.
    public func closedHosts(site: String) async throws -> [ClosedHost] {
        let found = try await hosts.aggregate([
            ["$match": ["closed_reason": ["$gt": ""]]], ["$sort": ["_id": 1]],
            ["$lookup": ["from": "queues", "localField": "_id", "foreignField": "host", "as": "queues"]],
            ["$match": ["queues.site": .string(site)]], ["$limit": 1_000],
            [
                "$project": [
                    "reason": "$closed_reason",
                    "wait": ["$subtract": [["$ifNull": ["$not_before", "$$NOW"]], "$$NOW"]],
                ]
            ],
        ]).all()
        return found.compactMap { document in
            guard let host = document["_id"]?.stringValue, let reason = document["reason"]?.stringValue else {
                return nil
            }
            return ClosedHost(host: host, reason: reason, wait: .milliseconds(max(0, document["wait"]?.intValue ?? 0)))
        }
    }
}
