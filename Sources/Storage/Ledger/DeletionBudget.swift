import CrawlDomain
import Foundation
import MongoDriver

/// How many items one run may delete: a site that says of everything that it is gone is ill.
///
/// Counted in `budgets`, in the transaction that deletes: a commit that is tried again counts once, and a run that goes on in another
/// process goes on with its count.
struct DeletionBudget {
    let database: AnimeDatabase
    let session: MongoSession
    let run: String

    /// Items of one run.
    static let limit = 50
    /// Days after which a run's count is deleted.
    private static let daysKept = 30.0

    private func id(_ site: String) -> BSONValue { .string("\(site)|deleted|\(run)") }

    /// How many may still go of a site.
    func remaining(of site: String) async throws(MongoError) -> Int {
        let found = try await database.collection(.budgets).findOne(["_id": id(site)], session: session)
        return max(0, Self.limit - (found?["count"]?.intValue ?? 0))
    }

    /// Counts deletions.
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
