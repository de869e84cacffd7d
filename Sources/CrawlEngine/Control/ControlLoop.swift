import CrawlDomain
import Foundation
import Logging

/// Hears what the operator asks of a run, says that the run lives, and looks at the clock: about once a second, for as long as it runs.
struct ControlLoop {
    let context: CrawlContext
    let run: CrawlRun

    /// Time between two looks.
    static let interval: Duration = .seconds(1)
    /// Looks from one record of the run to the next.
    private static let looksPerRecord = 3

    /// Goes on until the task is cancelled; a record under way is waited for, so that none comes after the run's last.
    func run() async {
        // Time passes also while the database is away and nothing is heard.
        async let ticking: Void = tick()
        await listen()
        await ticking
    }

    private func tick() async {
        while (try? await Task.sleep(for: Self.interval)) != nil { context.monitor.tick() }
    }

    private func listen() async {
        var looks = 0
        while (try? await Task.sleep(for: Self.interval)) != nil {
            await hear()
            defer { looks += 1 }
            guard looks % Self.looksPerRecord == 0 else { continue }
            let (ledger, record) = (context.ledger, context.monitor.recorded(run))
            // A heartbeat that is lost is one of many.
            await Task { try? await ledger.record(record) }.value
            let reporter = DriftReporter(context: context)
            await Task { try? await reporter.storeStatistics() }.value
        }
    }

    private func hear() async {
        // What was asked last holds while the database is out of reach.
        guard let asked = try? await context.control.instructions(site: run.site) else { return }
        let before = context.monitor.instructions
        context.monitor.obey(asked)
        if asked.stoppedRuns.contains(run.id) { context.monitor.stop("stopped by 'control stop'") }
        if asked != before { say(asked, before) }
    }

    private func say(_ asked: CrawlInstructions, _ before: CrawlInstructions) {
        if (asked.pause == nil) != (before.pause == nil) {
            context.log.notice("\(asked.pause.map(\.text) ?? "resumed")")
        }
        for host in asked.pausedHosts.symmetricDifference(before.pausedHosts).sorted() {
            context.log.notice("\(host): \(asked.hosts[host]?.pause?.text ?? "resumed")")
        }
    }
}

extension Pause {
    /// "paused since 2026-01-02T03:04:05Z (maintenance)".
    var text: String { "paused since \(since.formatted(.iso8601))\(reason.map { " (\($0))" } ?? "")" }
}
