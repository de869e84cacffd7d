import CrawlDomain
import CrawlEngine
import Foundation
import Reports
import Storage
import Terminal

/// How the crawls of a site stand, for people.
extension SiteReport {
    /// Hosts shown.
    private static let hostsShown = 50

    /// The report, or its JSON.
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

    private static func seconds(_ number: Double) -> String { String(format: "%.1f s", number) }
}
