import DemoSite
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

extension FaultTests {
    /// MongoDB goes away and comes back; the crawl waits for it.
    @Suite("Outages")
    struct OutageTests {
        @Test(
            "while MongoDB is out of reach a crawl waits, asks for no more than it had leased, and goes on when it is back",
            arguments: [
                FaultProxy.Mode.refusing, .silent,
            ])
        func unreachable(mode: FaultProxy.Mode) async throws {
            let scale = FaultScale.current
            try await FaultRig.with(FaultSite.small.with(delay: 20)) { rig in
                let meter = RequestMeter(rig.site)
                let crawl = try await rig.start([])
                await meter.wait(for: 60, of: crawl)
                try rig.proxy.set(mode)
                let before = rig.site.log.settledEntries().count
                let leased = try await rig.leased().count
                try await Task.sleep(for: .seconds(scale.outage))
                #expect(crawl.isRunning, "\(crawl.errors)")
                let during = rig.site.log.settledEntries().count - before
                #expect(during <= leased + rig.plan.hosts)
                let memory = ProcessUsage(of: crawl.id)?.residentBytes ?? 0
                #expect(memory < 300 << 20)
                try rig.proxy.set(.open)
                #expect(await crawl.exit() == 0, "\(crawl.errors)")
                var report = FaultReport(
                    test: "MongoDB \(mode) for \(Int(scale.outage)) s", faults: 1, differences: 0,
                    note: "\(during) pages of \(leased) leased asked for meanwhile, \(memory >> 20) MB")
                try await report.conclude(rig, promise: .milliseconds(20))
            }
        }

        @Test("mongod killed and started again loses nothing that was acknowledged, and the crawl goes on")
        func killedServer() async throws {
            let scale = FaultScale.current
            try await PrivateServer.with { server in
                try await FaultRig.with(scale.site.with(delay: 20), uri: server.uri) { rig in
                    let meter = RequestMeter(rig.site)
                    // Before the crawl, which would be done by the time the reference is.
                    let pages = try await ReferenceDumps.shared.dump(of: rig.plan).sections["frontier"]?.count ?? 0
                    let crawl = try await rig.start([])
                    var kills = 0
                    while kills < scale.serverKills, crawl.isRunning {
                        // Well before the last page, so that all kills come.
                        await meter.wait(for: max(10, pages * 2 / (3 * (scale.serverKills + 1))), of: crawl)
                        guard crawl.isRunning else { break }
                        try await server.crash()
                        kills += 1
                    }
                    #expect(await crawl.exit() == 0, "\(crawl.errors)")
                    var report = FaultReport(test: "mongod killed and restarted", faults: kills, differences: 0)
                    try await report.conclude(rig, promise: .milliseconds(20))
                    #expect(kills == scale.serverKills)
                }
            }
        }

        @Test("a real step-down in the middle of a crawl costs nothing")
        func steppedDown() async throws {
            try await PrivateServer.with { server in
                try await FaultRig.with(FaultSite.small.with(delay: 20), uri: server.uri) { rig in
                    let meter = RequestMeter(rig.site)
                    let crawl = try await rig.start([])
                    await meter.wait(for: 60, of: crawl)
                    // The only member is elected again as soon as it may be.
                    let stepDown: BSONDocument = ["replSetStepDown": 2, "secondaryCatchUpPeriodSecs": 1, "force": true]
                    _ = try? await rig.temporary.client.database("admin").runCommand(stepDown)
                    #expect(await crawl.exit() == 0, "\(crawl.errors)")
                    var report = FaultReport(test: "replSetStepDown", faults: 1, differences: 0)
                    try await report.conclude(rig, promise: .milliseconds(20))
                }
            }
        }
    }
}
