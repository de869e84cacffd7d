import CrawlDomain
import CrawlEngine
import Fetching
import Foundation
import Reports
import WebStandards
import Terminal

/// What a run came to, for people or for programs.
struct CrawlSummary {
    let run: CrawlRun
    let network: FetchStatistics
    let combined: CommitSummary
    /// In the whole database.
    let entries: Int
    let anime: Int
    /// Set when the site is paused.
    let pause: Pause?
    /// Hosts that are left alone, with the reason.
    var closedHosts: [String: String] = [:]
    /// Fields that are no longer filled as they were.
    var drift: [DriftAlarm] = []
    /// Whether publication of the site is held.
    var isHeld = false

    func print(json: Bool) {
        if json { return Console.print(value) }
        lines.forEach { Console.print($0) }
    }

    private var seconds: Double { (run.endedAt ?? run.startedAt).timeIntervalSince(run.startedAt) }

    private var lines: [String] {
        let counters = run.counters
        let rate = seconds > 0 ? Double(counters.pages) / seconds : 0
        var lines = [
            "run \(run.id) \(run.state.rawValue): \(run.reason ?? "")",
            "  pages    \(counters.pages) in \(format(seconds)) s (\(format(rate)) a second), \(counters.bytes >> 10) KiB",
            "  items    \(counters.inserted) new, \(counters.updated) changed, \(counters.unchanged) unchanged",
            "  links    \(counters.linksAdded) new",
            "  anime    \(anime), combined of \(entries) entries",
        ]
        if let efficiency = run.efficiency, let share = efficiency.share {
            lines.append(
                "  polite   \(share) of the fastest crawl that keeps these promises (\(format(efficiency.boundSeconds)) s)"
            )
        }
        if counters.notModified > 0 { lines[1] += ", \(counters.notModified) not modified" }
        if counters.disallowed > 0 { lines.append("  robots   \(counters.disallowed) URLs not asked for") }
        if counters.retries + counters.dead > 0 {
            lines.append("  failures \(counters.retries) to be retried, \(counters.dead) given up")
        }
        for (host, reason) in closedHosts.sorted(by: { $0.key < $1.key }) {
            lines.append("  left     \(host) alone: \(reason)")
        }
        lines += drift.filter(\.holds).map { "  drift    \($0.summary)" }
        let noted = drift.count { !$0.holds }
        if noted > 0 {
            let what = noted == 1 ? "1 field is" : "\(noted) fields are"
            lines.append("  noted    \(what) filled otherwise than usual; see: animematcher drift list")
        }
        if isHeld {
            lines.append("  held     what was read is not published; see: animematcher drift show \(run.site)")
        }
        lines.append(contentsOf: network.lines)
        lines += table("refused ", counters.refused)
        lines += table("dropped ", counters.drops) + table("errors  ", counters.errors)
        return lines
    }

    private func table(_ title: String, _ counts: [String: Int]) -> [String] {
        guard !counts.isEmpty else { return [] }
        let all = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }
        return ["  \(title) \(all.joined(separator: ", "))"]
    }

    private func format(_ number: Double) -> String { String(format: "%.1f", number) }

    private var value: JSONValue {
        let counters = run.counters
        return .object([
            "run": .string(run.id), "site": .string(run.site), "state": .string(run.state.rawValue),
            "reason": .string(run.reason ?? ""), "seconds": .double(seconds), "counters": counters.value,
            "efficiency": run.efficiency.map(\.value) ?? .null,
            "paused": pause.map(\.value) ?? .null, "refused": object(counters.refused),
            "drops": object(counters.drops), "errors": object(counters.errors), "entries": .int(Int64(entries)),
            "hosts": .object(JSONObject(closedHosts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })),
            "drift": .array(drift.map(\.value)), "held": .bool(isHeld), "network": network.value,
            "anime": .int(Int64(anime)),
            "anime_changed": .int(Int64(combined.inserted + combined.updated)),
        ])
    }

    private func object(_ counts: [String: Int]) -> JSONValue {
        .object(JSONObject(counts.sorted { $0.key < $1.key }.map { ($0.key, .int(Int64($0.value))) }))
    }
}
