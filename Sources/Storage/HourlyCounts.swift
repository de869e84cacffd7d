public import struct Foundation.Date
public import MongoDriver

/// What happened in the last hours, an hour a number.
public struct HourlyCounts: Sendable, Hashable {
    /// The beginning of the first hour.
    public let start: Date
    /// One for each hour, the current one last.
    public private(set) var counts: [Int]

    private static let hour = 3_600.0

    /// None yet, in so many hours up to the one that `now` is in.
    public init(hours: Int, now: Date) {
        let current = (now.timeIntervalSince1970 / Self.hour).rounded(.down) * Self.hour
        start = Date(timeIntervalSince1970: current - Double(hours - 1) * Self.hour)
        counts = Array(repeating: 0, count: hours)
    }

    /// Adds to the hour that a time is in; what is outside is left out.
    public mutating func add(_ count: Int, at time: Date) {
        let hour = (time.timeIntervalSince(start) / Self.hour).rounded(.down)
        if hour >= 0, hour < Double(counts.count) { counts[Int(hour)] += count }
    }

    /// Of all hours.
    public var total: Int { counts.reduce(0, +) }

    /// The beginning of an hour.
    public func time(of index: Int) -> Date { start.addingTimeInterval(Double(index) * Self.hour) }
}

extension PageArchive {
    /// Pages of a site by the hour in which they were last fetched whole, from the keys of an index.
    public func hourly(site: String, hours: Int, now: Date) async throws(MongoError) -> HourlyCounts {
        var hourly = HourlyCounts(hours: hours, now: now)
        let rows = try await database.collection(.pages).aggregate([
            ["$match": ["site": .string(site), "fetched_at": ["$gte": .date(hourly.start)]]],
            ["$group": ["_id": ["$dateTrunc": ["date": "$fetched_at", "unit": "hour"]], "count": ["$sum": 1]]],
        ]).all()
        for row in rows {
            if let time = row["_id"]?.dateValue { hourly.add(row["count"]?.intValue ?? 0, at: time) }
        }
        return hourly
    }
}

extension ChangeLog {
    /// Items of each site that were new or changed, by the hour; of the newest changes only.
    ///
    /// - Parameter most: How many changes are looked at.
    public func hourly(
        hours: Int, now: Date, most: Int = 20_000
    ) async throws(MongoError) -> [String: HourlyCounts] {
        let none = HourlyCounts(hours: hours, now: now)
        let rows = try await changes.aggregate([
            ["$match": ["_id": ["$gt": .int64(Int64(try await newest() - most))]]],
            [
                "$match": [
                    "subject": ["$in": ["entry", "review", "user"]], "operation": ["$ne": "delete"],
                    "at": ["$gte": .date(none.start)],
                ]
            ],
            [
                "$group": [
                    "_id": [
                        "hour": ["$dateTrunc": ["date": "$at", "unit": "hour"]],
                        // A key begins with its site and a colon.
                        "site": ["$arrayElemAt": [["$split": ["$key", ":"]], 0]],
                    ], "count": ["$sum": 1],
                ]
            ],
        ]).all()
        return rows.reduce(into: [:]) { sites, row in
            guard let site = row[path: "_id.site"]?.stringValue, let time = row[path: "_id.hour"]?.dateValue else {
                return
            }
            sites[site, default: none].add(row["count"]?.intValue ?? 0, at: time)
        }
    }
}
