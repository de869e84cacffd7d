import CrawlDomain
import CrawlEngine
import Foundation
import Reports
import Storage

/// A site, as the page shows it.
struct SiteView: Sendable, Hashable {
    /// Why URLs fail.
    struct Failure: Sendable, Hashable {
        let reason: String
        let retrying: String
        let dead: String
        let samples: [String]
    }

    let name: String
    let label: String
    let tone: String
    let isRunning: Bool
    let isPaused: Bool
    let canBePaused: Bool
    let pause: String?
    let isHeld: Bool
    /// Whether anything was ever known of it.
    let isKnown: Bool
    let running: [RunView]
    let ended: [RunView]
    let hasEnded: Bool
    let hosts: [HostView]
    let hasHosts: Bool
    let moreHosts: String?
    let queue: [ShareView]
    let freshness: [ShareView]
    let freshShare: String?
    let charts: [HourlyChart]
    let failures: [Failure]
    let hasFailures: Bool
    let failuresAreCut: Bool
    let holds: [HoldView]
    let hasHolds: Bool
    let quarantined: String?
    /// "12 s ago": when what is costly was counted.
    let countedAgo: String?

    init(_ site: CrawlOverview.Site, now: Date) {
        let (report, figures) = (site.report, site.figures)
        let live = report.running.filter { !$0.isLost }
        name = report.site
        isRunning = !live.isEmpty
        isPaused = report.instructions.pause != nil
        canBePaused = !isPaused
        pause = report.instructions.pause.map { Wording.short($0.text, 400) }
        isHeld = report.isHeld
        isKnown = !report.counts.isEmpty || !report.running.isEmpty || !report.ended.isEmpty
        (label, tone) =
            switch (isPaused, isRunning) {
            case (true, _): ("paused", "warn")
            case (false, true): ("crawling", "good")
            case (false, false): report.running.isEmpty ? ("idle", "plain") : ("its crawl died", "bad")
            }
        let left = report.forecast.seconds
        running = report.running.map {
            RunView($0, leftSeconds: $0.isLost || report.instructions.pause != nil ? nil : left)
        }
        ended = report.ended.map { RunView($0, leftSeconds: nil) }
        hasEnded = !ended.isEmpty
        let elapsed = live.map { max(0.001, now.timeIntervalSince($0.run.startedAt)) }.max() ?? 0
        let all = report.hosts
        let paused = isPaused
        hosts = all.prefix(SiteFigures.mostHosts).map {
            HostView($0, of: report.site, isSitePaused: paused, elapsed: elapsed, now: now)
        }
        hasHosts = !hosts.isEmpty
        let hidden = max(figures.census.waiting.count, all.count) - hosts.count
        moreHosts = hidden > 0 ? Wording.count(hidden, "more host") : nil
        queue = report.counts.isEmpty ? [] : ShareView.queue(report.counts)
        freshness = ShareView.freshness(figures.census.turns)
        freshShare = figures.census.freshShare.map(Wording.share)
        charts =
            figures.pages.total + site.items.total > 0
            ? [HourlyChart("Pages fetched", figures.pages), HourlyChart("Items new or changed", site.items)] : []
        failures = figures.errors.kinds.map { kind in
            Failure(
                reason: Wording.short(kind.reason, 80), retrying: Wording.count(kind.retrying),
                dead: Wording.count(kind.dead), samples: kind.samples.map { Wording.short($0, 200) })
        }
        hasFailures = !failures.isEmpty
        failuresAreCut = figures.errors.isCut
        holds = site.alarms.map(HoldView.init)
        hasHolds = !holds.isEmpty
        quarantined = figures.quarantined > 0 ? Wording.count(figures.quarantined, "item") : nil
        let age = now.timeIntervalSince(figures.takenAt)
        countedAgo = age >= 10 ? "\(Wording.span(age)) ago" : nil
    }
}
