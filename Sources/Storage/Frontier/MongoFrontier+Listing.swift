public import CrawlDomain
import MongoDriver

/// A URL of the frontier, to look at.
public struct FrontierRow: Sendable, Hashable {
    /// The URL as it is asked for.
    public let url: String
    /// The spider's name for the kind of page.
    public let page: String
    /// Failed attempts since it last succeeded.
    public let attempts: Int
    /// Why it is to be retried, or dead.
    public let reason: String?
}

/// What the operator sees and does.
extension MongoFrontier {
    public func counts(site: String) async throws -> [FrontierState: Int] {
        let rows = try await urls.aggregate([
            ["$match": ["site": .string(site)]], ["$group": ["_id": "$state", "count": ["$sum": 1]]],
        ]).all()
        return rows.reduce(into: [:]) { counts, row in
            guard let state = row["_id"]?.stringValue.flatMap(FrontierState.init) else { return }
            counts[state] = row["count"]?.intValue
        }
    }

    /// URLs of one state, by priority.
    public func list(site: String, state: FrontierState, limit: Int) async throws -> [FrontierRow] {
        let found = try await urls.find(
            ["site": .string(site), "state": .string(state.rawValue)], FindOptions(sort: ["_id": 1], limit: limit)
        ).all()
        return found.map { document in
            FrontierRow(
                url: document["url"]?.stringValue ?? "", page: document["page"]?.stringValue ?? "",
                attempts: document["attempts"]?.intValue ?? 0, reason: document["reason"]?.stringValue)
        }
    }

    /// Makes all URLs of some states due now.
    ///
    /// - Parameter whole: Ask for whole pages, not only for what has changed.
    /// - Returns: How many.
    public func makeDue(site: String, states: [FrontierState], whole: Bool = false) async throws -> Int {
        let due: BSONDocument = [
            "state": "due", "due": .null, "attempts": 0, "crashes": 0, "suspect": 0, "reason": .null,
        ]
        // Before and after: neither a death in between nor a worker that looks meanwhile leaves them unnoticed.
        try await queues.wakeAll(site: site)
        let count = try await urls.updateMany(
            ["site": .string(site), "state": ["$in": .array(states.map { .string($0.rawValue) })]],
            ["$set": .document(whole ? due.merging(["revalidation": .null]) : due)]
        ).modifiedCount
        try await queues.wakeAll(site: site)
        return count
    }
}
