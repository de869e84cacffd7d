public import CrawlDomain
import Foundation
public import MongoDriver

/// The record of all runs.
public struct RunLog: Sendable {
    let database: AnimeDatabase

    /// Writes a run's state and counters; the same run again replaces them.
    public func record(_ run: CrawlRun) async throws(MongoError) {
        try await database.collection(.runs).replaceOne(
            ["_id": .string(run.id)], with: run.document, .upsert)
    }
}

extension CrawlRun {
    fileprivate var document: BSONDocument {
        [
            "_id": .string(id), "site": .string(site), "started_at": .date(startedAt),
            "ended_at": endedAt.map(BSONValue.date) ?? .null, "state": .string(state.rawValue),
            "reason": reason.map(BSONValue.string) ?? .null, "counters": .document(counters.document),
        ]
    }
}

extension CrawlCounters {
    fileprivate var document: BSONDocument {
        let numbers: [(String, Int)] = [
            ("pages", pages), ("not_modified", notModified), ("bytes", bytes), ("inserted", inserted),
            ("updated", updated), ("unchanged", unchanged),
            ("links_added", linksAdded), ("retries", retries), ("dead", dead), ("disallowed", disallowed),
        ]
        var document = BSONDocument()
        for (name, number) in numbers { document[name] = .int64(Int64(number)) }
        document["drops"] = .document(Self.document(of: drops))
        document["errors"] = .document(Self.document(of: errors))
        return document
    }

    private static func document(of counts: [String: Int]) -> BSONDocument {
        counts.sorted { $0.key < $1.key }.reduce(into: [:]) { $0[$1.key] = .int64(Int64($1.value)) }
    }
}
