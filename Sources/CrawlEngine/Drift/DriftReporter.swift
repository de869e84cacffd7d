import CrawlDomain
import Foundation
import Logging

/// Stores what a run's watch over fields has noticed and learnt.
struct DriftReporter {
    let context: CrawlContext

    private var site: String { context.profile.spider.site }

    private var version: String { context.profile.spider.version }

    /// Tells the watch what was usual on the days before, and what earlier runs have begun.
    func loadHistory() async throws {
        guard let store = context.driftStore else { return }
        let now = Date()
        var days = try await store.history(site: site, since: StatisticsDay.first(at: now), pages: nil)
        let scarce = context.drift.scarcePages(in: days)
        if !scarce.isEmpty {
            days.removeAll { scarce.contains($0.key.page) }
            days += try await store.history(
                site: site, since: StatisticsDay.firstOfScarce(at: now), pages: scarce)
        }
        context.drift.load(days, now: now)
        context.drift.resume(try await store.openBlocks(site: site, spider: version))
    }

    /// Stores alarms, which may hold the site's publication, and tells the operator.
    ///
    /// One at a time: who comes while another stores an alarm waits, for what it is about to store may be of the same drift.
    func raiseAlarms() async throws {
        try await context.alarmTurn.run { try await raiseDueAlarms() }
    }

    private func raiseDueAlarms() async throws {
        let alarms = context.drift.dueAlarms(at: Date())
        guard !alarms.isEmpty else { return }
        let released = try await context.driftStore?.raise(
            alarms, site: site, run: context.profile.cause.id, spider: version)
        context.drift.markTold(alarms, at: Date())
        context.drift.accept(alarms.filter { released?.contains($0.name) ?? false })
        for alarm in alarms where !(released?.contains(alarm.name) ?? false) {
            // What holds nothing is in the run's summary and in `drift list`.
            context.log.log(
                level: alarm.holds ? .error : .debug,
                "drift: \(alarm.summary)\(alarm.holds ? "; publication of \(site) is held" : "")",
                metadata: ["pages": "\(alarm.samples.map(\.url).joined(separator: " "))"])
        }
    }

    /// Stores what was learnt since the last time. What a death loses is a few seconds of it.
    func storeStatistics(isLast: Bool = false) async throws {
        let statistics = context.drift.takeStatistics(site: site, at: Date(), isLast: isLast)
        let blocks = context.drift.takeOpenBlocks(at: Date(), isLast: isLast)
        // First: after a death in between the next run learns too little, and not the same twice.
        if !blocks.isEmpty {
            do {
                try await context.driftStore?.keep(blocks, site: site, spider: version)
            } catch {
                context.log.warning(
                    "the watch over fields could not be stored; another run goes on without it: \(error)")
            }
        }
        if !statistics.isEmpty { try await context.driftStore?.add(statistics) }
    }
}
