import CrawlDomain
import CrawlEngine
import Foundation
import Storage
import WebStandards

extension StoredAlarm {
    /// For people, without control characters being removed: that is done where it is printed.
    var line: String {
        let standing =
            switch state {
            case .open: alarm.holds ? "holds publication" : "open"
            case .lifted, .released: "\(state.rawValue) \(endedAt?.formatted(.iso8601) ?? "")"
            }
        return "\(site): \(alarm.summary) [\(standing)]"
    }

    /// For programs.
    var value: JSONValue {
        var object = alarm.value.objectValue ?? [:]
        object["site"] = .string(site)
        object["state"] = .string(state.rawValue)
        object["run"] = .string(run)
        object["spider"] = .string(spider)
        object["change"] = .int(Int64(change))
        object["ended_at"] = endedAt.map { .string($0.formatted(.iso8601)) } ?? .null
        return .object(object)
    }
}
