import CrawlDomain
import Foundation
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct DriftStoreTests {
    private static func alarm(holds: Bool, since: TimeInterval, items: Double = 0) -> DriftAlarm {
        var reference = FieldStatistics()
        reference.filling.items = items
        return DriftAlarm(
            key: StatisticsKey(page: "anime", type: .entry), field: "synopsis", measure: .filled, holds: holds,
            expected: 1, seen: 0.5, since: Date(timeIntervalSince1970: since), raisedAt: Date(), reference: reference,
            samples: [], before: nil)
    }

    private static func raise(_ alarm: DriftAlarm, _ drift: MongoDrift) async throws -> StoredAlarm? {
        _ = try await drift.raise([alarm], site: "demo", run: "r", spider: "1")
        return try await drift.alarms(site: "demo", isOpen: true).first
    }

    @Test("a note that becomes a hold begins anew, and a hold is not taken back by a note")
    func holds() async throws {
        try await TemporaryDatabase.with { temporary in
            let drift = temporary.database.drift
            let note = try #require(try await Self.raise(Self.alarm(holds: false, since: 1_000, items: 10), drift))
            #expect(!note.alarm.holds)
            let hold = try #require(try await Self.raise(Self.alarm(holds: true, since: 2_000, items: 20), drift))
            #expect(hold.alarm.holds && hold.alarm.since == Date(timeIntervalSince1970: 2_000))
            #expect(hold.alarm.reference.filling.items == 20)
            #expect(try await drift.heldSites() == ["demo"])
            let again = try #require(try await Self.raise(Self.alarm(holds: false, since: 3_000, items: 30), drift))
            #expect(again.alarm.holds && again.alarm.since == Date(timeIntervalSince1970: 2_000))
            #expect(again.alarm.reference.filling.items == 20)
        }
    }
}
