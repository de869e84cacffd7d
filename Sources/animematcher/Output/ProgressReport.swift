import CrawlDomain
import CrawlEngine
import Foundation
import Logging
import Reports
import Synchronization
import Terminal

/// Says how a crawl goes: one line that is painted over on a terminal, a log line now and then elsewhere.
///
/// What waits is counted beside the crawl, and the rarer the longer counting takes; between two counts the line goes by what was visited
/// and found since.
final class ProgressReport: Sendable {
    /// What was waiting, and how far the crawl was then.
    private struct Count {
        var backlog: [HostBacklog]
        var counters: CrawlCounters
    }

    private let site: String
    private let context: CrawlContext
    private let count = Mutex<Count?>(nil)

    /// The window over which the rate is measured, in reports.
    private static let window = 10

    init(site: String, context: CrawlContext) {
        self.site = site
        self.context = context
    }

    /// Reports until the task is cancelled.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.keepCounting() }
            await keepShowing()
            group.cancelAll()
        }
        if Console.isTerminal { Console.paint("") }
    }

    private func keepCounting() async {
        let pace = RefreshPace(shortest: interval)
        while !Task.isCancelled {
            let (start, counters) = (ContinuousClock.now, context.monitor.counters)
            if let backlog = try? await context.control.backlog(site: site) {
                count.withLock { $0 = Count(backlog: backlog, counters: counters) }
            }
            try? await Task.sleep(for: pace.pause(after: start.duration(to: .now)))
        }
    }

    private func keepShowing() async {
        var history: [(time: ContinuousClock.Instant, pages: Int)] = [(.now, 0)]
        while (try? await Task.sleep(for: interval)) != nil {
            let pages = context.monitor.counters.pages
            history.append((.now, pages))
            if history.count > Self.window { history.removeFirst() }
            let seconds = history[0].time.duration(to: .now).inSeconds
            show(line(rate: seconds > 0 ? Double(pages - history[0].pages) / seconds : 0))
        }
    }

    private var interval: Duration { Console.isTerminal ? .seconds(1) : .seconds(15) }

    private func show(_ line: String) {
        if Console.isTerminal { Console.paint(line) } else { context.log.info("\(line)") }
    }

    private func line(rate: Double) -> String {
        let monitor = context.monitor
        let counters = monitor.counters
        var line = "\(counters.pages) pages (\(String(format: "%.1f", rate))/s), \(counters.itemsWritten) items"
        if let count = count.withLock({ $0 }) { line += waiting(count, counters, rate: rate) }
        if let part = monitor.efficiency().share { line += ", \(part) of the fastest polite crawl" }
        if let pause = monitor.instructions.pause { line += "; paused\(pause.reason.map { ": \($0)" } ?? "")" }
        let paused = monitor.instructions.pausedHosts.sorted().map { "; \($0): paused" }
        let closed = monitor.closedHosts.sorted { $0.key < $1.key }.map { "; \($0.key): \($0.value)" }
        return line + (paused + closed).joined()
    }

    private func waiting(_ count: Count, _ counters: CrawlCounters, rate: Double) -> String {
        let forecast = CrawlForecast(
            backlog: count.backlog, paces: context.monitor.paces, concurrentHosts: context.concurrentHosts,
            sharedDelay: context.monitor.sharedDelay, now: Date())
        let found = counters.linksAdded - count.counters.linksAdded
        let waiting = max(0, forecast.waiting + found - (counters.pages - count.counters.pages))
        // The forecast is of the last count; what has come and gone since goes by the same measure.
        let polite = forecast.waiting > 0 ? forecast.seconds * Double(waiting) / Double(forecast.waiting) : 0
        let isHeldUp = context.monitor.paces.contains { $0.delaySeconds > 0 }
        let seconds = isHeldUp || rate == 0 ? polite : max(polite, Double(waiting) / rate)
        let left = seconds > 0 ? ", at least \(Self.time(seconds)) left" : ""
        return ", \(waiting) URLs waiting\(left)\(forecast.paused > 0 ? ", \(forecast.paused) paused" : "")"
    }

    static func time(_ seconds: Double) -> String {
        switch seconds {
        case ..<90: "\(Int(seconds.rounded(.up))) s"
        case ..<5_400: "\(Int((seconds / 60).rounded())) min"
        case ..<172_800: String(format: "%.1f h", seconds / 3_600)
        default: String(format: "%.1f days", min(seconds, 1e12) / 86_400)
        }
    }
}

extension CrawlEfficiency {
    /// "97 %"; nil for a crawl that no promise holds up, whose speed says nothing of politeness.
    var share: String? { boundSeconds >= 1 ? reached.map { String(format: "%.0f %%", $0 * 100) } : nil }
}
