import CrawlDomain
import Foundation
import MongoDriver

/// What makes a commit happen once, and only under a lease that is still held.
///
/// Writing the host's document in the commit's transaction refuses a worker whose token is old, and conflicts with whoever takes the host
/// meanwhile. The name of the last commit stands there too, so that a commit whose answer was lost is known when it is tried again.
struct CommitFence {
    let database: AnimeDatabase
    let lease: HostLease
    let id: String
    /// How long nobody may ask the host from now on.
    let wait: Duration

    private var hosts: MongoCollection { database.collection(.hosts) }

    /// Goes through, or refuses a lost lease.
    ///
    /// - Throws: ``StorageError/leaseLost(host:)``; ``StorageError/committed(_:)`` when this commit is done already.
    func pass(_ session: MongoSession) async throws(StorageError) -> ServerClock {
        let held = try await StorageError.wrapping { () throws(MongoError) in
            try await hosts.findOneAndUpdate(
                MongoFrontier.filter(lease),
                .pipeline([
                    [
                        "$set": [
                            "commits": ["$add": [["$ifNull": ["$commits", 0]], 1]], "committed_at": "$$NOW",
                            "not_before": MongoFrontier.serverTime(in: wait),
                        ]
                    ]
                ]), .init(projection: ["committed_at": 1, "last_commit": 1]), session: session)
        }
        guard let held else { throw .leaseLost(host: lease.host) }
        if let last = held["last_commit"]?.documentValue, last["id"]?.stringValue == id {
            throw .committed(CommitSummary(last))
        }
        return ServerClock(now: held["committed_at"]?.dateValue ?? Date())
    }

    /// Writes down what the commit changes, as its last step.
    func close(_ summary: CommitSummary, session: MongoSession) async throws(StorageError) {
        _ = try await StorageError.wrapping { () throws(MongoError) in
            try await hosts.updateOne(
                MongoFrontier.filter(lease),
                ["$set": ["last_commit": .document(summary.document.merging(["id": .string(id)]))]], session: session)
        }
    }
}

extension CommitSummary {
    fileprivate var document: BSONDocument {
        [
            "inserted": .int64(Int64(inserted)), "updated": .int64(Int64(updated)),
            "unchanged": .int64(Int64(unchanged)),
        ]
    }

    fileprivate init(_ document: BSONDocument) {
        self.init()
        inserted = document["inserted"]?.intValue ?? 0
        updated = document["updated"]?.intValue ?? 0
        unchanged = document["unchanged"]?.intValue ?? 0
    }
}
