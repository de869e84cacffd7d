import DemoSite
import Foundation
import Storage
import Synchronization
import TestSupport
import Testing

extension FaultTests {
    @Suite("Kills")
    struct KillTests {
        private static let promise = Duration.milliseconds(20)

        @Test(
            "killed again and again at random, a crawl ends as one that was left alone, and asks again only for what was in flight"
        )
        func random() async throws {
            let scale = FaultScale.current
            try await FaultRig.with(scale.site.with(delay: 20)) { rig in
                let meter = RequestMeter(rig.site)
                var random = SplitMix64(seed: 20)
                let pages = try await ReferenceDumps.shared.dump(of: rig.plan).sections["frontier"]?.count ?? 0
                var (kills, inFlight) = (0, 0)
                while kills < scale.kills {
                    let before = rig.site.log.settledEntries().count
                    let crawl = try await rig.start(try await rig.continuation())
                    // Some before the first request, most while pages come in; the last ones near the end.
                    let requests = Int.random(in: 0...max(1, 3 * pages / (2 * scale.kills)), using: &random)
                    if requests > 0 { await meter.wait(for: requests, of: crawl) }
                    try await Task.sleep(for: .milliseconds(Int.random(in: 0...120, using: &random)))
                    crawl.signal(SIGKILL)
                    guard await crawl.exit() == SIGKILL else { break }
                    kills += 1
                    inFlight += try await rig.inFlight(rig.site.log.settledEntries().dropFirst(before))
                }
                try await rig.finish(["--resume"])
                var report = FaultReport(test: "SIGKILL at random", faults: kills, inFlight: inFlight, differences: 0)
                try await report.conclude(rig, promise: Self.promise)
                #expect(kills >= scale.kills / 2)
                // The site may log a request only after its asker was found dead: one for each.
                #expect(try #require(report.refetched) <= inFlight + kills)
            }
        }

        @Test(
            "killed before or after any write, a crawl ends as one that was left alone",
            arguments: [
                FaultPlan.Fault.killBefore, .killAfter,
            ])
        func everyWrite(fault: FaultPlan.Fault) async throws {
            let plan = FaultSite.tiny
            let writes = try await FaultRig.with(plan) { rig in
                try await rig.finish()
                return rig.proxy.writes
            }
            #expect(writes > 20)
            let step = FaultScale.current.writeStep
            // Not the same ones before and after where not all are taken.
            let first = fault == .killBefore ? 1 : 1 + step / 2
            var report = FaultReport(
                test: "\(fault) of every write", faults: 0, refetched: 0, inFlight: 0, differences: 0,
                note: "of \(writes) writes")
            for number in stride(from: first, through: writes, by: step) {
                try await FaultRig.with(plan) { rig in
                    let crawl = Mutex<RunningProgram?>(nil)
                    rig.proxy.set(FaultPlan((fault, at: .nth(number)))) {
                        // The first write comes long after the start has returned.
                        crawl.withLock { $0 }?.signal(SIGKILL)
                    }
                    let started = try await rig.start([])
                    crawl.withLock { $0 = started }
                    let status = await started.exit()
                    rig.proxy.set(FaultPlan())
                    // A crawl may have fewer writes than the one that was counted.
                    #expect(status == SIGKILL || status == 0, "ended by \(status)")
                    report.faults += status == SIGKILL ? 1 : 0
                    let inFlight = status == SIGKILL ? try await rig.inFlight(rig.site.log.settledEntries()) : 0
                    try await rig.finish(try await rig.continuation())
                    let refetched = FaultReport.refetched(in: rig.site.log.settledEntries())
                    // The site may log a request only after its asker was found dead: one of each host.
                    #expect(refetched <= inFlight + plan.hosts, "\(fault) \(number) of \(writes)")
                    report.add(refetched: refetched, inFlight: inFlight)
                    let differences = try await rig.expectReference()
                    #expect(differences.isEmpty, "\(fault) \(number) of \(writes), ended by \(status)")
                }
            }
            #expect(report.faults > (writes - first) / step / 2)
            report.write()
        }
    }
}

extension FaultReport {
    /// Compares the rig's database and log with what they should be, and writes the row.
    mutating func conclude(
        _ rig: FaultRig, promise: Duration, _ source: SourceLocation = #_sourceLocation
    ) async throws {
        let log = rig.site.log.settledEntries()
        read(log, promise: promise)
        differences = try await rig.expectReference(source).count
        let check = GapCheck(log)
        let violations = check.violations(of: promise) + check.retryAfterViolations
        #expect(violations.isEmpty, "\(violations.prefix(5))", sourceLocation: source)
        write()
    }
}
