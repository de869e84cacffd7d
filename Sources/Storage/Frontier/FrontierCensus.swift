public import CrawlDomain
import MongoDriver

/// The URLs of a site, counted once for all that is shown of them.
public struct FrontierCensus: Sendable, Hashable {
    /// When visited pages are to be visited again, as seen from now.
    public enum Turn: Int, Sendable, Hashable, CaseIterable {
        /// More than a day ago.
        case longAgo
        /// Within the last day.
        case past
        /// Within an hour.
        case soon
        /// Within a day.
        case today
        /// Within a week.
        case thisWeek
        /// Later.
        case later
        /// Not at all.
        case never
    }

    /// What waits on one host.
    public struct Waiting: Sendable, Hashable {
        /// URLs that may be asked for now, those in a worker's hands included.
        public var ready = 0
        /// URLs that wait for another attempt.
        public var retrying = 0
    }

    /// URLs by state.
    public private(set) var counts: [FrontierState: Int] = [:]
    /// What waits, by host; hosts where nothing does are left out.
    public private(set) var waiting: [String: Waiting] = [:]
    /// Visited pages by the time at which they are to be visited again.
    public private(set) var turns: [Turn: Int] = [:]

    /// Of nothing.
    public init() {}

    /// Counts URLs.
    ///
    /// - Parameters:
    ///   - turn: When they are to be asked again; nil for those that were never visited.
    public mutating func add(_ count: Int, host: String, state: FrontierState, turn: Turn?) {
        counts[state, default: 0] += count
        switch state {
        case .due, .leased: waiting[host, default: Waiting()].ready += count
        case .retry: waiting[host, default: Waiting()].retrying += count
        case .done, .dead: break
        }
        // A revisit whose time has come is due; only a URL that was never visited is due at no time.
        if let turn, state == .done || state == .due && turn != .never { turns[turn, default: 0] += count }
    }

    /// Of the pages that were visited, the share that need not be visited again yet; nil where none was.
    public var freshShare: Double? {
        let all = turns.values.reduce(0, +)
        let stale = (turns[.longAgo] ?? 0) + (turns[.past] ?? 0)
        return all > 0 ? Double(all - stale) / Double(all) : nil
    }
}

extension MongoFrontier {
    /// Counts the URLs of a site, by the keys of an index alone: seconds where there are millions.
    public func census(site: String) async throws -> FrontierCensus {
        let rows = try await urls.aggregate([
            ["$match": ["site": .string(site)]],
            ["$group": ["_id": ["host": "$host", "state": "$state", "turn": Self.turn], "count": ["$sum": 1]]],
        ]).all()
        return rows.reduce(into: FrontierCensus()) { census, row in
            guard let host = row[path: "_id.host"]?.stringValue, let count = row["count"]?.intValue,
                let state = row[path: "_id.state"]?.stringValue.flatMap(FrontierState.init)
            else { return }
            let turn = row[path: "_id.turn"]?.intValue.flatMap(FrontierCensus.Turn.init)
            census.add(count, host: host, state: state, turn: turn)
        }
    }

    private static let turn: BSONValue = [
        "$switch": [
            "branches": [
                branch(["$eq": ["$due", .null]], .never), branch(isBefore(hours: -24), .longAgo),
                branch(isBefore(hours: 0), .past), branch(isBefore(hours: 1), .soon),
                branch(isBefore(hours: 24), .today),
                branch(isBefore(hours: 168), .thisWeek),
            ], "default": .int32(Int32(FrontierCensus.Turn.later.rawValue)),
        ]
    ]

    private static func isBefore(hours: Int64) -> BSONValue {
        ["$lt": ["$due", ["$add": ["$$NOW", .int64(hours * 3_600_000)]]]]
    }

    private static func branch(_ condition: BSONValue, _ turn: FrontierCensus.Turn) -> BSONValue {
        ["case": condition, "then": .int32(Int32(turn.rawValue))]
    }
}
