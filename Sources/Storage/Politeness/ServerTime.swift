import Foundation
import MongoDriver

/// Finds documents together with the server's time, so that what is read of a time is what is left of it.
enum ServerTime {
    /// To be taken apart by ``read(_:)``.
    static let projection: BSONDocument = ["stored": "$$ROOT", "now": "$$NOW"]

    /// What was found with ``projection``.
    static func read(_ found: BSONDocument?) -> (stored: BSONDocument, now: Date)? {
        guard let stored = found?["stored"]?.documentValue, let now = found?["now"]?.dateValue else { return nil }
        return (stored, now)
    }
}
