public import CrawlDomain
public import struct Foundation.Date
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
    /// HTTP status of the last answer; nil when there was none.
    public let status: Int?
    /// When it was last asked; nil for never.
    public let visited: Date?
}

/// What the operator sees and does.
extension MongoFrontier {
    /// Reads every URL of the site once: seconds where there are millions.
    public func counts(site: String) async throws -> [FrontierState: Int] {
        let rows = try await urls.aggregate([
            ["$match": ["site": .string(site)]], ["$group": ["_id": "$state", "count": ["$sum": 1]]],
        ]).all()
        return rows.reduce(into: [:]) { counts, row in
            guard let state = row["_id"]?.stringValue.flatMap(FrontierState.init) else { return }
            counts[state] = row["count"]?.intValue
        }
    }

    /// URLs of one state, by host, those that are due first in front.
    public func list(site: String, state: FrontierState, limit: Int) async throws -> [FrontierRow] {
        let found = try await urls.find(
            ["site": .string(site), "state": .string(state.rawValue)],
            // The order of an index: there may be millions.
            FindOptions(sort: ["site": 1, "host": 1, "state": 1, "due": 1], limit: limit)
        ).all()
        return found.map { document in
            FrontierRow(
                url: document["url"]?.stringValue ?? "", page: document["page"]?.stringValue ?? "",
                attempts: document["attempts"]?.intValue ?? 0, reason: document["reason"]?.stringValue,
                status: document["status"]?.intValue, visited: document["visited"]?.dateValue)
        }
    }

    /// Makes all URLs of some states due now.
    ///
    /// - Parameter whole: Ask for whole pages, not only for what has changed.
    /// - Returns: How many.
    public func makeDue(site: String, states: [FrontierState], whole: Bool = false) async throws -> Int {
        try await makeDue(site: site, ["state": ["$in": .array(states.map { .string($0.rawValue) })]], whole: whole)
    }
}
