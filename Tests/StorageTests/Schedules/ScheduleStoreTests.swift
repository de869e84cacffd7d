import CrawlDomain
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing
import WebStandards

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct ScheduleStoreTests {
    private func schedule(_ change: (inout Schedule) -> Void = { _ in }) throws -> Schedule {
        var schedule = Schedule(
            name: "often", site: "demo", timing: .every(seconds: 60, from: 0), zone: try #require(CronTimeZone("UTC")),
            zoneName: "UTC")
        change(&schedule)
        return schedule
    }

    private func considered(_ store: ScheduleStore) async throws -> Date {
        try #require(try await store.states()["often"]).considered
    }

    @Test("a new schedule starts now; adopted again it still owes what it missed; with other times it starts anew")
    func adopted() async throws {
        try await TemporaryDatabase.with { temporary in
            let store = temporary.database.schedules
            let before = try await store.now()
            try await store.adopt(try schedule())
            let first = try await considered(store)
            #expect(first >= before)
            // Days without a scheduler.
            try await temporary.client.database(temporary.name).collection("schedules").updateOne(
                ["_id": "often"], ["$set": ["considered": .date(before.addingTimeInterval(-259_200))]])
            let missed = try await considered(store)
            try await store.adopt(try schedule())
            try await store.adopt(try schedule { $0.crawl = [.init(name: "limit", value: "5")] })
            #expect(try await considered(store) == missed)
            try await store.adopt(try schedule { $0.timing = .every(seconds: 120, from: 0) })
            #expect(try await considered(store) >= before)
        }
    }

    @Test("what has been dealt with never goes back, and a plan of an older definition does not count")
    func recorded() async throws {
        try await TemporaryDatabase.with { temporary in
            let store = temporary.database.schedules
            let schedule = try schedule()
            try await store.adopt(schedule)
            let now = Int64(try await store.now().timeIntervalSince1970)
            for time in [now + 600, now + 60] {
                try await store.record(FirePlan(considered: time, wake: time + 60), of: schedule)
            }
            #expect(try await considered(store) == Date(timeIntervalSince1970: Double(now + 600)))
            try await store.adopt(try self.schedule { $0.catchUp = .all })
            try await store.record(FirePlan(considered: now + 6_000), of: schedule)
            #expect(try await considered(store) == Date(timeIntervalSince1970: Double(now + 600)))
        }
    }

    @Test("a pause is kept when a scheduler starts, and what it missed is not owed afterwards")
    func paused() async throws {
        try await TemporaryDatabase.with { temporary in
            let store = temporary.database.schedules
            try await store.adopt(try schedule())
            #expect(try await store.setPaused(true, "often"))
            try await store.adopt(try schedule())
            #expect(try await store.states()["often"]?.isPaused == true)
            let before = try await store.now()
            #expect(try await store.setPaused(false, "often"))
            #expect(try await considered(store) >= before)
            #expect(try await store.setPaused(true, "unknown") == false)
        }
    }
}
