import Foundation
import MongoDriver

/// A host that is left alone, to look at.
public struct ClosedHost: Sendable, Hashable {
    /// Host and port.
    public let host: String
    /// Why.
    public let reason: String
    /// For how long; zero where it may be asked again.
    public let wait: Duration
}

extension MongoFrontier {
    /// The hosts of a site that are left alone, or were when they were asked last; the first thousand.
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
