import CrawlDomain
import CrawlEngine
import Foundation
import Storage
import Terminal
import WebStandards

/// How the crawls of a site stand, for people or for programs.
struct ControlReport {
    let site: String
    let instructions: CrawlInstructions
    let running: [RunLog.Sighting]
    let ended: [RunLog.Sighting]
    let counts: [FrontierState: Int]
    let backlog: [HostBacklog]
    /// Whether publication waits, because fields drift.
    var isHeld = false

    /// A run that was not heard of for so long has died.
    static let lostAfter: Duration = .seconds(60)
    /// Hosts shown.
    private static let hostsShown = 50

    func print(json: Bool) {
        if json { return Console.print(value) }
        lines.forEach { Console.print($0) }
    }

    private var lines: [String] {
        var lines = ["\(site): \(instructions.pause?.text ?? "not paused")"]
        if isHeld { lines.append("  held     what is read is not published; see: animematcher drift show \(site)") }
        if let delay = instructions.delaySeconds {
            lines.append("  delay    at least \(Self.seconds(delay)) asked for")
        }
        for (host, asked) in instructions.hosts.sorted(by: { $0.key < $1.key }) {
            let delay = asked.delaySeconds.map { "at least \(Self.seconds($0)) asked for" }
            lines.append("  \(host): \([asked.pause?.text, delay].compactMap(\.self).joined(separator: ", "))")
        }
        lines.append(
            "  queue    " + FrontierState.allCases.map { "\($0.rawValue) \(counts[$0] ?? 0)" }.joined(separator: ", "))
        if forecast.seconds > 0 {
            lines.append(
                "  left     at least \(ProgressReport.time(forecast.seconds)), most of it on "
                    + Console.visible(forecast.slowestHost ?? ""))
        }
        if running.isEmpty { lines.append("no run is under way") }
        for sighting in running { lines += Self.lines(sighting) }
        lines += hostLines
        if !ended.isEmpty { lines.append("ended") }
        return lines
            + ended.map {
                "  \($0.run.id) \($0.run.state.rawValue), \($0.run.counters.pages) pages: \($0.run.reason ?? "")"
            }
    }

    private static func lines(_ sighting: RunLog.Sighting) -> [String] {
        let (run, counters) = (sighting.run, sighting.run.counters)
        let state = sighting.isLost ? "lost: not heard of for" : "running, heard of"
        let age = Int(sighting.age.inSeconds)
        var lines = [
            "run \(run.id) \(state) \(age) s\(sighting.isLost ? "" : " ago"), by \(run.owner ?? "?")",
            "  pages    \(counters.pages) (\(String(format: "%.2f", sighting.rate)) a second), "
                + "\(counters.itemsWritten) items, \(counters.linksAdded) new links, \(counters.retries) to be retried, "
                + "\(counters.dead) given up",
        ]
        if let share = run.efficiency?.share {
            lines.append("  polite   \(share) of the fastest crawl with its promises")
        }
        return lines
    }

    private var hostLines: [String] {
        guard !hosts.isEmpty else { return [] }
        var table = Table([
            ("host", .left), ("waiting", .right), ("delay", .right), ("because of", .left), ("", .left),
        ])
        for host in hosts.prefix(Self.hostsShown) {
            table.add([
                Console.visible(host.name), "\(host.waiting)", host.delay.map(Self.seconds) ?? "", host.reason,
                host.isPaused ? "paused" : host.closedReason.map { Console.visible("left alone: \($0)") } ?? "",
            ])
        }
        let more = hosts.count > Self.hostsShown ? ["… and \(hosts.count - Self.hostsShown) hosts more"] : []
        return table.lines + more
    }

    private struct Host {
        let name: String
        var waiting = 0
        var delay: Double?
        var promise: Double?
        var reason = ""
        var requests = 0
        var closedReason: String?
        var notBefore: Date?
        var isPaused = false
    }

    /// What waits, with the pace of the runs under way; the most waiting first.
    private var hosts: [Host] {
        var hosts: [String: Host] = [:]
        for host in backlog {
            hosts[host.host] = Host(
                name: host.host, waiting: host.waiting + host.retrying, delay: host.delaySeconds,
                reason: host.delaySeconds == nil ? "" : "as of the last visit", closedReason: host.closedReason,
                notBefore: host.notBefore, isPaused: host.isPaused)
        }
        for pace in running.filter({ !$0.isLost }).flatMap(\.run.paces) {
            hosts[pace.host, default: Host(name: pace.host)].delay = pace.delaySeconds
            hosts[pace.host]?.promise = pace.promiseSeconds
            hosts[pace.host]?.reason = pace.reason
            hosts[pace.host]?.requests += pace.requests
        }
        for name in instructions.pausedHosts { hosts[name, default: Host(name: name)].isPaused = true }
        return hosts.values.sorted { ($1.waiting, $0.name) < ($0.waiting, $1.name) }
    }

    /// What is left of what is known, for one process.
    private var forecast: CrawlForecast {
        let runs = running.filter { !$0.isLost }.map(\.run)
        return CrawlForecast(
            backlog: backlog, paces: runs.flatMap(\.paces), concurrentHosts: CrawlLimits().concurrentHosts,
            sharedDelay: runs.map(\.sharedDelaySeconds).max() ?? 0, now: Date())
    }

    private static func seconds(_ number: Double) -> String { String(format: "%.1f s", number) }

    private var value: JSONValue {
        let asked = instructions.hosts.sorted { $0.key < $1.key }.map { host, asked in
            (
                host,
                JSONValue.object([
                    "paused": asked.pause.map(\.value) ?? .null,
                    "delay_seconds": asked.delaySeconds.map(JSONValue.double) ?? .null,
                ])
            )
        }
        return .object([
            "site": .string(site), "held": .bool(isHeld), "paused": instructions.pause.map(\.value) ?? .null,
            "delay_seconds": instructions.delaySeconds.map(JSONValue.double) ?? .null,
            "instructed_hosts": .object(JSONObject(asked)),
            "queue": .object(
                JSONObject(FrontierState.allCases.map { ($0.rawValue, .int(Int64(counts[$0] ?? 0))) })),
            "left_seconds": .double(forecast.seconds), "running": .array(running.map(Self.value)),
            "hosts": .array(hosts.map(Self.value)),
            "ended": .array(ended.map(Self.value)),
        ])
    }

    private static func value(_ sighting: RunLog.Sighting) -> JSONValue {
        let run = sighting.run
        return .object([
            "run": .string(run.id), "state": .string(sighting.isLost ? "lost" : run.state.rawValue),
            "reason": run.reason.map(JSONValue.string) ?? .null, "owner": run.owner.map(JSONValue.string) ?? .null,
            "started_at": .string(run.startedAt.formatted(.iso8601)),
            "ended_at": run.endedAt.map { .string($0.formatted(.iso8601)) } ?? .null,
            "heard_of_seconds_ago": .double(sighting.age.inSeconds), "pages_per_second": .double(sighting.rate),
            "counters": run.counters.value, "efficiency": run.efficiency.map(\.value) ?? .null,
        ])
    }

    private static func value(_ host: Host) -> JSONValue {
        .object([
            "host": .string(host.name), "waiting": .int(Int64(host.waiting)),
            "delay_seconds": host.delay.map(JSONValue.double) ?? .null,
            "promise_seconds": host.promise.map(JSONValue.double) ?? .null, "delay_reason": .string(host.reason),
            "requests": .int(Int64(host.requests)), "paused": .bool(host.isPaused),
            "left_alone": host.closedReason.map(JSONValue.string) ?? .null,
            "not_before": host.notBefore.map { .string($0.formatted(.iso8601)) } ?? .null,
        ])
    }
}

extension RunLog.Sighting {
    /// Whether the process died without saying so.
    var isLost: Bool { run.state == .running && age > ControlReport.lostAfter }

    /// Pages a second since the start.
    fileprivate var rate: Double {
        let end = run.endedAt ?? Date().addingTimeInterval(-age.inSeconds)
        let seconds = end.timeIntervalSince(run.startedAt)
        return seconds > 0 ? Double(run.counters.pages) / seconds : 0
    }
}
