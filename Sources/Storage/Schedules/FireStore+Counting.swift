public import CrawlDomain
public import MongoDriver
import Foundation

extension FireStore {
    /// Fires of a schedule by how they stand; ended ones are kept for 90 days.
    public func counts(of schedule: String) async throws(MongoError) -> [Fire.State: Int] {
        let rows = try await database.collection(.fires).aggregate([
            ["$match": ["schedule": .string(schedule)]], ["$group": ["_id": "$state", "count": ["$sum": 1]]],
        ]).all()
        return rows.reduce(into: [:]) { counts, row in
            guard let state = row["_id"]?.stringValue.flatMap(Fire.State.init) else { return }
            counts[state] = row["count"]?.intValue
        }
    }
}
