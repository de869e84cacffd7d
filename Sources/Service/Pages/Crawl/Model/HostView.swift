import CrawlEngine
import Foundation
import Reports

/// A host, as the page shows it.
struct HostView: Sendable, Hashable {
    let name: String
    /// The whole name, by which it is steered.
    let host: String
    /// The site through which it is steered.
    let site: String
    let waiting: String
    let label: String
    let tone: String
    let reason: String?
    let until: String?
    /// "every 1.5 s".
    let delay: String?
    let why: String?
    /// "12 a minute".
    let rate: String?
    let isPaused: Bool
    let canBePaused: Bool

    /// - Parameter elapsed: Seconds that the runs under way have lasted.
    init(_ host: SiteReport.Host, of site: String, isSitePaused: Bool, elapsed: Double, now: Date) {
        let standing = HostStanding(host, isSitePaused: isSitePaused, isRunning: elapsed > 0, now: now)
        name = Wording.short(host.name, 100)
        self.host = host.name
        self.site = site
        waiting = Wording.count(host.waiting)
        (label, tone) = (standing.kind.label, standing.kind.tone)
        reason = standing.reason.map { Wording.short($0) }
        until = standing.until.map {
            "until \(Wording.moment($0)), in \(Wording.span($0.timeIntervalSince(now)))"
        }
        delay = host.delay.map { $0 > 0 ? "every \(Wording.delay($0))" : "at once" }
        let slower = host.promise.flatMap { promise in
            host.delay.map { $0 > promise + 0.05 } == true && promise > 0
                ? "; \(Wording.delay(promise)) would be enough" : nil
        }
        why = host.reason.isEmpty ? nil : HostStanding.sentence(ofDelayFrom: host.reason) + (slower ?? "")
        rate =
            elapsed > 0 && host.requests > 0
            ? "\(Wording.count(Int((Double(host.requests) / elapsed * 60).rounded()))) a minute" : nil
        isPaused = host.isPaused
        canBePaused = !host.isPaused
    }
}
