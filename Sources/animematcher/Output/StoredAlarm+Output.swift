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
            case .open: alarm.holds ? "holds publication" : "noted, holds nothing"
            case .lifted, .released: "\(state.rawValue) \(endedAt?.formatted(.iso8601) ?? "")"
            }
        return "\(site): \(alarm.summary) [\(standing)]"
    }

    /// What to do about alarms, for people; one line each.
    static func advice(on alarms: [StoredAlarm]) -> [String] {
        let held = Set(alarms.filter(\.isHolding).map(\.site)).sorted()
        var lines = held.map { site in
            "publication of \(site) is held; repair the spider and run `animematcher reparse \(site)`, or, where the site is like this now, "
                + "`animematcher drift release \(site)`"
        }
        if alarms.contains(where: { $0.state == .open && !$0.alarm.holds }) {
            lines.append(
                "what is noted holds nothing: it may be that other pages were read than before, as in a first crawl, which has nothing to "
                    + "compare with; look at its pages (`animematcher drift show SITE`)")
        }
        return lines
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
