import DemoSite
import Foundation
import Storage
import TestSupport
import Testing

extension FaultTests {
    @Suite("Signals")
    struct SignalTests {
        @Test(
            "a crawl that is told to stop ends within seconds, gives its hosts back, and goes on later",
            arguments: [
                SIGTERM, SIGINT,
            ])
        func stopped(signal: Int32) async throws {
            try await FaultRig.with(FaultSite.small.with(delay: 20)) { rig in
                let meter = RequestMeter(rig.site)
                let crawl = try await rig.start([])
                await meter.wait(for: 60, of: crawl)
                let start = ContinuousClock.now
                crawl.signal(signal)
                #expect(await crawl.exit() == 0)
                #expect(start.duration(to: .now) < .seconds(10))
                #expect(try await rig.heldHosts().isEmpty)
                #expect(try await rig.leased().isEmpty)
                try await rig.finish(["--resume"])
                var report = FaultReport(test: "signal \(signal)", faults: 1, inFlight: 0, differences: 0)
                try await report.conclude(rig, promise: .milliseconds(20))
                // Cancelled exchanges are asked again, nothing else.
                #expect(try #require(report.refetched) <= rig.plan.hosts)
            }
        }

        @Test(
            "a crawl that is told to stop while MongoDB is away ends within seconds too, and nothing is lost",
            arguments: [FaultProxy.Mode.refusing, .silent])
        func stoppedInAnOutage(mode: FaultProxy.Mode) async throws {
            try await FaultRig.with(FaultSite.small.with(delay: 20)) { rig in
                let meter = RequestMeter(rig.site)
                let crawl = try await rig.start([])
                await meter.wait(for: 60, of: crawl)
                try rig.proxy.set(mode)
                // Until the crawl waits for the database.
                try await Task.sleep(for: .seconds(2))
                let start = ContinuousClock.now
                crawl.signal(SIGTERM)
                #expect(await crawl.exit() != 0)
                #expect(start.duration(to: .now) < .seconds(10))
                try rig.proxy.set(.open)
                try await rig.finish(["--resume"])
                try await rig.expectReference()
            }
        }

        @Test("a crawl's time is over also while MongoDB is away", .timeLimit(.minutes(5)))
        func timeOverInAnOutage() async throws {
            try await FaultRig.with(FaultSite.small.with(delay: 20)) { rig in
                let meter = RequestMeter(rig.site)
                let crawl = try await rig.start(["--max-time", "8s"])
                await meter.wait(for: 40, of: crawl)
                try rig.proxy.set(.refusing)
                // It could not say so in the database.
                #expect(await crawl.exit() != 0)
            }
        }

        @Test("the second signal ends a crawl at once, however long storing takes, and nothing is lost")
        func twice() async throws {
            try await FaultRig.with(.small) { rig in
                let meter = RequestMeter(rig.site)
                let crawl = try await rig.start([])
                await meter.wait(for: 60, of: crawl)
                rig.proxy.set(FaultPlan(delay: .seconds(5)))
                crawl.signal(SIGINT)
                while !crawl.errors.contains("stopping"), crawl.isRunning { await Task.yield() }
                let start = ContinuousClock.now
                // As somebody does who is impatient; what comes in the same moment is one signal.
                while crawl.isRunning {
                    crawl.signal(SIGINT)
                    try await Task.sleep(for: .milliseconds(100))
                }
                #expect(await crawl.exit() == 128 + SIGINT)
                #expect(start.duration(to: .now) < .seconds(4))
                rig.proxy.set(FaultPlan())
                try await rig.finish(["--resume"])
                try await rig.expectReference()
            }
        }

        @Test("two signals in the same moment, as `timeout` sends them, are one: what was fetched is stored")
        func echo() async throws {
            try await FaultRig.with(FaultSite.small.with(delay: 20)) { rig in
                let meter = RequestMeter(rig.site)
                let crawl = try await rig.start([])
                await meter.wait(for: 40, of: crawl)
                crawl.signal(SIGTERM)
                crawl.signal(SIGINT)
                #expect(await crawl.exit() == 0)
                try await rig.finish(["--resume"])
                try await rig.expectReference()
            }
        }

        @Test("a worker that slept past its lease writes nothing of what another one has taken over")
        func sleeper() async throws {
            try await FaultRig.with(FaultSite.small.with(delay: 20)) { rig in
                let meter = RequestMeter(rig.site)
                let sleeper = try await rig.start([])
                await meter.wait(for: 80, of: sleeper)
                sleeper.signal(SIGSTOP)
                // The other one waits for the lease to end, then does everything.
                try await Task.sleep(for: .seconds(2 * FaultRig.leaseSeconds))
                let other = try await rig.finish(["--resume"])
                #expect((other.number("counters.pages") ?? 0) > 0)
                sleeper.signal(SIGCONT)
                #expect(await sleeper.exit() == 0)
                let fenced = sleeper.errors.split(separator: "lost to another worker").count - 1
                #expect(fenced > 0, "\(sleeper.errors)")
                var report = FaultReport(
                    test: "SIGSTOP past the lease", faults: 1, differences: 0, note: "\(fenced) writes fenced")
                try await report.conclude(rig, promise: .milliseconds(20))
            }
        }
    }
}
