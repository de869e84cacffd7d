import Foundation
import MongoDriver

/// Times that are stored are the server's, as those of leases are: the clocks of workers may differ and be set, and a gap must not
/// shrink by that. A stored time is what is left of it, added to the server's clock; a time that is read is what is left, added to ours.
enum ServerTime {
    /// What is left, in seconds, on the server's clock; for an update by pipeline. Rounded up, since the server counts milliseconds.
    static func after(_ seconds: TimeInterval) -> BSONValue {
        let milliseconds = min(max(0, seconds), 366 * 86_400) * 1000
        return ["$add": ["$$NOW", .int64(Int64(milliseconds.rounded(.up)) + 1)]]
    }

    /// A value that a pipeline takes as it is, whatever it begins with.
    static func literal(_ value: BSONValue) -> BSONValue { ["$literal": value] }

    /// Finds a document with the server's time; to be taken apart by ``read(_:)``.
    static let projection: BSONDocument = ["stored": "$$ROOT", "now": "$$NOW"]

    /// What was found with ``projection``.
    static func read(_ found: BSONDocument?) -> (stored: BSONDocument, now: Date)? {
        guard let stored = found?["stored"]?.documentValue, let now = found?["now"]?.dateValue else { return nil }
        return (stored, now)
    }

    /// A stored time by our clock.
    static func local(_ stored: BSONValue?, now: Date) -> Date? {
        stored?.dateValue.map { Date().addingTimeInterval($0.timeIntervalSince(now)) }
    }
}

extension Duration {
    /// Whole milliseconds, rounded up.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    }
}
