public import Foundation
import MongoDriver

/// A host that is left alone, to look at.
public struct ClosedHost: Sendable, Hashable {
    /// Host and port.
    public let host: String
    /// Why.
    public let reason: String
    /// When it may be asked again, by our clock; the past where it may be now.
    public let until: Date
}

extension MongoFrontier {
    /// The hosts of a site that are left alone, or were when they were asked last.
    public func closedHosts(site: String) async throws -> [ClosedHost] {
        let found = try await database.collection(.hosts).find(
            ["site": .string(site), "closed_reason": ["$ne": .null]],
            FindOptions(
                sort: ["host": 1],
                projection: [
                    "stored.host": "$host", "stored.reason": "$closed_reason", "stored.until": "$not_before",
                    "now": "$$NOW",
                ],
                limit: 1_000)
        ).all()
        return found.compactMap { document in
            guard let (stored, now) = ServerTime.read(document), let host = stored["host"]?.stringValue,
                let reason = stored["reason"]?.stringValue
            else { return nil }
            let until = ServerTime.local(stored["until"], now: now) ?? .distantPast
            return ClosedHost(host: host, reason: reason, until: until)
        }
    }
}
