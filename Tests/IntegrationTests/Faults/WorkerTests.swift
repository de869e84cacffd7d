import CrawlDomain
import DemoSite
import Foundation
import Storage
import TestSupport
import Testing

extension FaultTests {
    @Suite("Workers")
    struct WorkerTests {
        @Test(
            "workers that share a frontier and are killed one by one ask each host as one that was left alone",
            arguments: FaultScale.current.workers)
        func shared(count: Int) async throws {
            let scale = FaultScale.current
            try await FaultRig.with(scale.site.with(delay: 100)) { rig in
                var random = SplitMix64(seed: UInt64(count))
                var workers = [try await rig.start([])]
                while try await rig.continuation().isEmpty, workers[0].isRunning {
                    try await Task.sleep(for: .milliseconds(20))
                }
                for _ in 1..<max(2, count) where workers.count < count {
                    workers.append(try await rig.start(["--resume"]))
                }
                var kills = 0
                while try await rig.isBusy() {
                    try await Task.sleep(for: .seconds(scale.workerInterval))
                    let victim = Int.random(in: 0..<count, using: &random)
                    workers[victim].signal(SIGKILL)
                    if await workers[victim].exit() == SIGKILL { kills += 1 }
                    workers[victim] = try await rig.start(["--resume"])
                }
                for worker in workers { #expect(await worker.exit() == 0, "\(worker.errors.suffix(1_000))") }
                try await rig.finish(["--resume"])
                var report = FaultReport(
                    test: "\(count) workers, one killed every \(scale.workerInterval) s", faults: kills, differences: 0)
                try await report.conclude(rig, promise: .milliseconds(100))
                #expect(kills > 0)
            }
        }
    }
}

extension FaultRig {
    /// Whether a URL is due or handed out.
    func isBusy() async throws -> Bool {
        let counts = try await temporary.database.frontier.counts(site: "spread")
        return (counts[.due] ?? 0) + (counts[.leased] ?? 0) > 0
    }
}
