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

    @Test("what a run leaves of a block is there for the next of the same spider; a lifted alarm's field begins anew")
    func openBlocks() async throws {
        try await TemporaryDatabase.with { temporary in
            let drift = temporary.database.drift
            var field = OpenField()
            (field.items, field.filled, field.compared, field.repeated) = (7, 5, 4, 1)
            field.lacking = ["https://anime.example/1"]
            field.found = [DriftSample(url: "https://anime.example/2", seen: "A story.")]
            field.before = DriftSample(url: "https://anime.example/3", seen: nil)
            (field.filling.deviation, field.filling.forgotten, field.filling.seen) = (-1.5, 0.4, 0.8)
            field.filling.waiting = [OpenChart.Block(hits: 15, items: 20)]
            field.window.add(SizeHistogram.bucket(of: 120.0), count: 5)
            field.windowBegan = Date(timeIntervalSince1970: 1_000)
            let block = OpenBlock(
                key: StatisticsKey(page: "anime", type: .entry), items: 7, revisited: 6,
                began: Date(timeIntervalSince1970: 2_000), fields: ["synopsis": field, "aired/from": OpenField()])
            try await drift.keep([block], site: "demo", spider: "1")
            #expect(try await drift.openBlocks(site: "demo", spider: "1") == [block])
            #expect(try await drift.openBlocks(site: "demo", spider: "2").isEmpty)
            let alarm = try #require(try await Self.raise(Self.alarm(holds: true, since: 1_000), drift))
            try await drift.lift([alarm], at: Date())
            #expect(Array(try await drift.openBlocks(site: "demo", spider: "1")[0].fields.keys) == ["aired/from"])
        }
    }
}
