import Foundation
import MongoDriver

/// A migration as `migrations` holds it, without its `_id`.
enum MigrationRecord {
    /// One that begins.
    static func new(_ migration: any Migration, at now: Date) -> BSONDocument {
        [
            "name": .string(migration.name), "state": "running", "place": .null, "documents": .int64(0),
            "started_at": .date(now), "owner": .null, "until": .null, "ended_at": .null,
        ]
    }

    /// The number of what a restore leaves here until it has come to its end; older programs take the database for a newer one's.
    static let restoring = Int32.max

    /// That the database is being restored, with its `_id`.
    static func restore(at now: Date) -> BSONDocument {
        [
            "_id": .int32(restoring), "name": "restore of a backup", "state": "running", "documents": .int64(0),
            "started_at": .date(now),
        ]
    }

    /// One that has ended.
    static func done(_ migration: any Migration, changed: Int, at now: Date) -> BSONDocument {
        new(migration, at: now).merging(["state": "done", "documents": .int64(Int64(changed)), "ended_at": .date(now)])
    }
}
