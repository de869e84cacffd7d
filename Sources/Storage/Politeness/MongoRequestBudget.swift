public import CrawlDomain
public import Foundation
import MongoDriver

/// Requests of a day in the collection `request_budgets`, one document per budget; a day is the server's UTC day.
public struct MongoRequestBudget: RequestBudget {
    let database: AnimeDatabase

    private var budgets: MongoCollection { database.collection(.requestBudgets) }

    /// Begins a new day by itself when the server's clock says so.
    public func reserve(_ wanted: Int, of name: String, limit: Int) async throws -> BudgetPortion {
        let today: BSONValue = ["$dateTrunc": ["date": "$$NOW", "unit": "day"]]
        let rest: BSONValue = ["$subtract": [.int64(Int64(limit)), "$spent"]]
        let (found, now) = try await budgets.upsert(
            name,
            [
                ["$set": ["spent": ["$cond": [["$eq": ["$day", today]], "$spent", .int64(0)]], "day": today]],
                ["$set": ["granted": ["$max": [.int64(0), ["$min": [.int64(Int64(wanted)), rest]]]]]],
                ["$set": ["spent": ["$add": ["$spent", "$granted"]]]],
            ])
        let day = found["day"]?.dateValue ?? now
        return BudgetPortion(
            requests: found["granted"]?.intValue ?? 0, day: day,
            dayLeft: .seconds(max(0, day.addingTimeInterval(86_400).timeIntervalSince(now))))
    }

    /// Only on the day they were reserved; yesterday's are of no use.
    public func giveBack(_ requests: Int, of name: String, day: Date) async throws {
        guard requests > 0 else { return }
        try await budgets.updateOne(
            ["_id": .string(name), "day": .date(day)], ["$inc": ["spent": .int64(-Int64(requests))]])
    }
}
