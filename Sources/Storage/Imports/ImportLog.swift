import CrawlDomain
public import MongoDriver
public import struct Foundation.Date

/// The record of imports: how far each file has come, so that an import that died goes on.
public struct ImportLog: Sendable {
    let database: AnimeDatabase

    private var imports: MongoCollection { database.collection(.imports) }

    /// Begins an import, or goes on with one that did not come to its end.
    ///
    /// - Parameter restart: Whether to begin anew all the same.
    public func begin(_ file: ImportedFile, restart: Bool, at now: Date) async throws(MongoError) -> ImportProgress {
        let stored = try await imports.findOne(["_id": .string(file.id)])
        let finished = stored?["finished_at"]?.dateValue
        if let stored, !restart, stored["state"]?.stringValue == "running" { return Self.progress(stored, now) }
        let fields: BSONDocument = [
            "file": .string(file.name), "kind": .string(file.kind), "site": .string(file.site),
            "bytes": .int64(Int64(file.bytes)), "state": "running", "started_at": .date(now), "updated_at": .date(now),
            "position": .int64(0), "inserted": .int64(0), "updated": .int64(0), "unchanged": .int64(0),
            "refused": .int64(0),
        ]
        try await imports.updateOne(
            ["_id": .string(file.id)],
            ["$set": .document(fields), "$setOnInsert": ["finished_at": .null, "times": .int64(0)]], .upsert)
        return ImportProgress(startedAt: now, finishedAt: finished)
    }

    /// How far a file has come.
    public func progress(of file: ImportedFile) async throws(MongoError) -> ImportProgress? {
        try await imports.findOne(["_id": .string(file.id)]).map { Self.progress($0, Date()) }
    }

    /// Notes that a file was imported to its end.
    public func finish(_ file: ImportedFile, at now: Date) async throws(MongoError) {
        try await imports.updateOne(
            ["_id": .string(file.id)],
            [
                "$set": ["state": "finished", "finished_at": .date(now), "updated_at": .date(now)],
                "$inc": ["times": .int64(1)],
            ])
    }

    /// Notes how far a file has come, in the transaction that stores what stands before.
    func advance(
        _ file: ImportedFile, to position: Int, _ summary: CommitSummary, at now: Date, session: MongoSession
    ) async throws(MongoError) {
        try await imports.updateOne(
            ["_id": .string(file.id)],
            [
                "$max": ["position": .int64(Int64(position))],
                "$inc": [
                    "inserted": .int64(Int64(summary.inserted)), "updated": .int64(Int64(summary.updated)),
                    "unchanged": .int64(Int64(summary.unchanged)), "refused": .int64(Int64(summary.drops.count)),
                ],
                "$set": ["updated_at": .date(now)],
            ], session: session)
    }

    private static func progress(_ document: BSONDocument, _ now: Date) -> ImportProgress {
        var progress = ImportProgress(startedAt: document["started_at"]?.dateValue ?? now)
        progress.position = document["position"]?.intValue ?? 0
        progress.inserted = document["inserted"]?.intValue ?? 0
        progress.updated = document["updated"]?.intValue ?? 0
        progress.unchanged = document["unchanged"]?.intValue ?? 0
        progress.refused = document["refused"]?.intValue ?? 0
        progress.finishedAt = document["finished_at"]?.dateValue
        return progress
    }
}
