import CrawlDomain
import Foundation
import WebStandards

extension DriftAlarm {
    /// For programs.
    var value: JSONValue {
        .object([
            "page": .string(key.page), "type": .string(key.type.rawValue), "field": .string(field),
            "measure": .string(measure.rawValue), "holds": .bool(holds), "expected": .double(expected),
            "seen": .double(seen), "since": .string(since.formatted(.iso8601)),
            "raised_at": .string(raisedAt.formatted(.iso8601)),
            "samples": .array(samples.map(\.value)), "before": before?.value ?? .null,
        ])
    }
}

extension DriftSample {
    /// For programs.
    var value: JSONValue {
        .object(["url": .string(url), "seen": seen.map(JSONValue.string) ?? .null])
    }
}
