import CrawlDomain
public import Storage
public import WebStandards
import Foundation

extension RunLog.Sighting {
    /// Whether the process died without saying so.
    public var isLost: Bool { run.state == .running && age > SiteReport.lostAfter }

    /// Pages a second since the start.
    public var rate: Double {
        let end = run.endedAt ?? Date().addingTimeInterval(-age.inSeconds)
        let seconds = end.timeIntervalSince(run.startedAt)
        return seconds > 0 ? Double(run.counters.pages) / seconds : 0
    }

    /// For programs.
    public var value: JSONValue {
        .object([
            "run": .string(run.id), "state": .string(isLost ? "lost" : run.state.rawValue),
            "reason": run.reason.map(JSONValue.string) ?? .null, "owner": run.owner.map(JSONValue.string) ?? .null,
            "started_at": .string(run.startedAt.formatted(.iso8601)),
            "ended_at": run.endedAt.map { .string($0.formatted(.iso8601)) } ?? .null,
            "heard_of_seconds_ago": .double(age.inSeconds), "pages_per_second": .double(rate),
            "counters": run.counters.value, "efficiency": run.efficiency.map(\.value) ?? .null,
        ])
    }
}

extension SiteReport.Host {
    /// For programs.
    public var value: JSONValue {
        .object([
            "host": .string(name), "waiting": .int(Int64(waiting)),
            "delay_seconds": delay.map(JSONValue.double) ?? .null,
            "promise_seconds": promise.map(JSONValue.double) ?? .null, "delay_reason": .string(reason),
            "requests": .int(Int64(requests)), "paused": .bool(isPaused),
            "left_alone": closedReason.map(JSONValue.string) ?? .null,
            "not_before": notBefore.map { .string($0.formatted(.iso8601)) } ?? .null,
        ])
    }
}
