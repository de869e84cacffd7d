public import MongoDriver
public import struct Foundation.Date

extension ChangeLog {
    /// When the first change after a number was made; nil when there is none.
    ///
    /// Changes that the log no longer has, because newer ones of the same documents replaced them, do not count.
    public func time(ofFirstAfter number: Int) async throws(MongoError) -> Date? {
        try await changes.find(
            ["_id": ["$gt": .int64(Int64(number))]], FindOptions(sort: ["_id": 1], projection: ["at": 1], limit: 1)
        ).all().first?["at"]?.dateValue
    }
}
