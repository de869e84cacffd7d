public import CrawlDomain
import Foundation
public import WebStandards

extension Pause {
    /// "paused since 2026-01-02T03:04:05Z (maintenance)".
    public var text: String { "paused since \(since.formatted(.iso8601))\(reason.map { " (\($0))" } ?? "")" }

    /// For programs.
    public var value: JSONValue {
        .object(["since": .string(since.formatted(.iso8601)), "reason": reason.map(JSONValue.string) ?? .null])
    }
}

extension CrawlEfficiency {
    /// For programs.
    public var value: JSONValue {
        .object([
            "bound_seconds": .double(boundSeconds), "seconds": .double(seconds),
            "reached": reached.map(JSONValue.double) ?? .null,
        ])
    }
}

extension CrawlCounters {
    /// The plain totals, for programs.
    public var value: JSONValue {
        .object([
            "pages": .int(Int64(pages)), "not_modified": .int(Int64(notModified)), "bytes": .int(Int64(bytes)),
            "inserted": .int(Int64(inserted)), "updated": .int(Int64(updated)), "unchanged": .int(Int64(unchanged)),
            "links_added": .int(Int64(linksAdded)), "retries": .int(Int64(retries)), "dead": .int(Int64(dead)),
            "disallowed": .int(Int64(disallowed)),
        ])
    }
}
