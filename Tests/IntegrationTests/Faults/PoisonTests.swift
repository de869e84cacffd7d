import CrawlDomain
import DemoSite
import Foundation
import Storage
import Synchronization
import TestSupport
import Testing

extension FaultTests {
    @Suite("Poison")
    struct PoisonTests {
        @Test("a page that kills whoever asks for it is given up after some deaths, and all others are read")
        func poison() async throws {
            try await FaultRig.with(.small) { rig in
                let reference = try await ReferenceDumps.shared.dump(of: rig.plan)
                let poison = try #require(
                    reference.sections["frontier"]?.values.filter { $0.hasPrefix("done anime ") }.sorted().first
                        .map { String($0.split(separator: " ")[2]) })
                let crawl = Mutex<RunningProgram?>(nil)
                rig.site.onRequest { host, target in
                    // From outside it is the same: the program dies between asking for the page and storing what came of it.
                    guard "http://\(host)\(target)" == poison else { return }
                    // It may ask before it is known whom to kill.
                    while crawl.withLock({ $0 == nil }) { Thread.sleep(forTimeInterval: 0.005) }
                    crawl.withLock { $0 }?.signal(SIGKILL)
                    // The answer must not be faster than death.
                    Thread.sleep(forTimeInterval: 0.2)
                }
                var deaths = 0
                while deaths < 20 {
                    let more = try await rig.continuation()
                    crawl.withLock { $0 = nil }
                    let started = try await rig.start(more)
                    crawl.withLock { $0 = started }
                    guard await started.exit() == SIGKILL else { break }
                    deaths += 1
                }
                #expect((1...15).contains(deaths))
                rig.site.onRequest(nil)
                let dead = try await rig.temporary.database.frontier.list(site: "spread", state: .dead, limit: 10)
                #expect(dead.map(\.url) == [poison], "\(dead)")
                // Given up is not lost: by command it is asked again.
                _ = try await rig.program.run(["frontier", "retry", "spread"])
                try await rig.finish(["--resume"])
                var report = FaultReport(test: "a page that kills", faults: deaths, differences: 0)
                try await report.conclude(rig, promise: .zero)
            }
        }
    }
}
