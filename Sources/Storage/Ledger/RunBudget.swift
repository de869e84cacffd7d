import CrawlDomain
import Foundation
import MongoDriver

/// How many items one run may delete, and of how many it may believe a loss: a site that says of everything that it is gone is ill, or
/// the spider is.
///
/// Counted in `budgets`, in the transaction that does it: a commit that is tried again counts once, and a run that goes on in another
/// process goes on with its count.
struct RunBudget {
    /// What is counted; each by itself.
    enum Kind: String {
        case deleted
        /// Losses of pages that were confirmed.
        case believed
    }

    let database: AnimeDatabase
    let session: MongoSession
    let run: String
    var kind = Kind.deleted

    /// Items of one run.
    static let limit = 50
    /// Days after which a run's count is deleted.
    private static let daysKept = 30.0

    private func id(_ site: String) -> BSONValue { .string("\(site)|\(kind.rawValue)|\(run)") }

    /// How many are left of a site.
    func remaining(of site: String) async throws(MongoError) -> Int {
        let found = try await database.collection(.budgets).findOne(["_id": id(site)], session: session)
        return max(0, Self.limit - (found?["count"]?.intValue ?? 0))
    }

    /// Counts some.
    func spend(_ count: Int, of site: String, at now: Date) async throws(MongoError) {
        guard count > 0 else { return }
        try await database.collection(.budgets).updateOne(
            ["_id": id(site)],
            [
                "$inc": ["count": .int64(Int64(count))],
                "$setOnInsert": [
                    "site": .string(site), "expires": .date(now.addingTimeInterval(Self.daysKept * 86_400)),
                ],
            ], .upsert, session: session)
    }
}
