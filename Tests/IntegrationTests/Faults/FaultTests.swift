import DemoSite
import Storage
import TestSupport
import Testing

/// What happens when things die, break, stall or lie: after each, the database is what an uninterrupted crawl leaves.
///
/// One at a time: they measure times and kill processes. How large each is: ``FaultScale``.
@Suite("Faults", .serialized, .enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct FaultTests {
    @Suite("Reference")
    struct Reference {
        @Test("two uninterrupted crawls leave equal dumps, and every host was asked")
        func reference() async throws {
            try await FaultRig.with(.small) { rig in
                try await rig.finish()
                try await rig.expectReference()
                let log = rig.site.log.settledEntries()
                #expect(Set(log.map(\.host)).count == rig.plan.hosts)
                #expect(log.contains { $0.status == 301 })
                print("pages: \(log.count), distinct \(Set(log.map { $0.host + $0.path }).count)")
            }
        }
    }
}
