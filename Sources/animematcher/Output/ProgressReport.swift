import CrawlDomain
import CrawlEngine
import Foundation
import Logging
import Terminal

/// Says how a crawl goes: one line that is painted over on a terminal, a log line now and then elsewhere.
struct ProgressReport {
    let site: String
    let monitor: CrawlMonitor
    let frontier: any Frontier
    let log: Logger

    /// The window over which the rate is measured, in reports.
    private static let window = 10

    /// Reports until the task is cancelled.
    func run() async {
        var history: [(time: ContinuousClock.Instant, pages: Int)] = [(.now, 0)]
        let interval: Duration = Console.isTerminal ? .seconds(1) : .seconds(15)
        while true {
            try? await Task.sleep(for: interval)
            guard !Task.isCancelled else { break }
            let pages = monitor.counters.pages
            history.append((.now, pages))
            if history.count > Self.window { history.removeFirst() }
            let seconds = history[0].time.duration(to: .now).inSeconds
            let rate = seconds > 0 ? Double(pages - history[0].pages) / seconds : 0
            let counts = (try? await frontier.counts(site: site)) ?? [:]
            show(line(rate: rate, counts: counts))
        }
        if Console.isTerminal { Console.paint("") }
    }

    private func show(_ line: String) {
        if Console.isTerminal { Console.paint(line) } else { log.info("\(line)") }
    }

    private func line(rate: Double, counts: [FrontierState: Int]) -> String {
        let counters = monitor.counters
        let waiting = (counts[.due] ?? 0) + (counts[.leased] ?? 0)
        let left = rate > 0 ? ", about \(Self.time(Double(waiting) / rate)) left" : ""
        let closed = monitor.closedHosts.sorted { $0.key < $1.key }.map { "; \($0.key): \($0.value)" }.joined()
        return "\(counters.pages) pages (\(String(format: "%.1f", rate))/s), \(counters.itemsWritten) items, "
            + "\(waiting) URLs waiting\(left)\(closed)"
    }

    private static func time(_ seconds: Double) -> String {
        switch seconds {
        case ..<90: "\(Int(seconds.rounded())) s"
        case ..<5_400: "\(Int((seconds / 60).rounded())) min"
        default: String(format: "%.1f h", seconds / 3_600)
        }
    }
}
