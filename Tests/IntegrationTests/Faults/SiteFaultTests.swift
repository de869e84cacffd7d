import DemoSite
import Foundation
import Storage
import TestSupport
import Testing

extension FaultTests {
    @Suite("Site faults")
    struct SiteFaultTests {
        /// A fifth of the pages fails once, each in its own way; the hosts differ in how fast they are.
        private static let mix = """
            reset share=3 first=1; stall ms=300 share=3 first=1; truncate share=3 first=1; 500 share=3 first=1
            429 retry-after=1 share=2 first=1; 429 retry-after=date:2 share=2 first=1; bad-gzip share=3 first=1
            wrong-length by=50 share=3 first=1; delay ms=30 host=h1.*; drip ms=5 host=h2.*
            """

        @Test(
            "when a fifth of the pages fails in all ways, all are reached in the end, and no Retry-After is cut short")
        func mix() async throws {
            let site = FaultScale.current.site.with(delay: 20)
            try await FaultRig.with(site, behaviour: Self.mix) { rig in
                try await rig.finish([])
                try await rig.finishAll()
                let log = rig.site.log.settledEntries()
                let refused = log.filter { $0.notBefore != nil }.count
                #expect(refused > 0)
                var report = FaultReport(
                    test: "a fifth of the pages fails", faults: 0, differences: 0, note: "\(refused) with Retry-After")
                report.faults = log.count - Set(log.map { $0.host + $0.path }).count
                try await report.conclude(rig, promise: .milliseconds(20))
            }
        }
    }
}
