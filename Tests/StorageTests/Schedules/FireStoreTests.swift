import CrawlDomain
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing
import WebStandards

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct FireStoreTests {
    private func schedule(
        _ name: String = "often", site: String = "demo", every seconds: Int64 = 60
    ) throws -> Schedule {
        Schedule(
            name: name, site: site, timing: .every(seconds: seconds, from: 0), zone: try #require(CronTimeZone("UTC")),
            zoneName: "UTC")
    }

    /// Fires long past, so that they are due.
    private func plan(_ times: Int64...) -> FirePlan {
        var plan = FirePlan(considered: times.last ?? 0)
        plan.fires = times.map { PlannedFire(time: $0, start: $0) }
        return plan
    }

    private func lease(_ claim: FireClaim) throws -> FireLease {
        guard case .claimed(let lease) = claim else { throw CocoaError(.coderValueNotFound) }
        return lease
    }

    @Test("a fire is stored once, however many schedulers record it")
    func once() async throws {
        try await TemporaryDatabase.with { temporary in
            let (schedules, schedule) = (temporary.database.schedules, try schedule())
            try await schedules.adopt(schedule)
            let plan = plan(600, 660)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { try await schedules.record(plan, of: schedule) } }
                try await group.waitForAll()
            }
            #expect(
                try await temporary.database.fires.due(of: ["often", "a", "b", "c"]).map(\.id) == [
                    "often@1970-01-01T00:10:00Z", "often@1970-01-01T00:11:00Z",
                ])
        }
    }

    @Test("of many who claim a fire one gets it")
    func race() async throws {
        try await TemporaryDatabase.with { temporary in
            let (database, schedule) = (temporary.database, try schedule())
            try await database.schedules.adopt(schedule)
            try await database.schedules.record(plan(600), of: schedule)
            let fire = try #require(try await database.fires.due(of: ["often", "a", "b", "c"]).first)
            let claims = try await withThrowingTaskGroup(of: FireClaim.self) { group in
                for owner in 0..<12 {
                    group.addTask { try await database.fires.claim(fire, owner: "\(owner)", seconds: 60) }
                }
                return try await group.reduce(into: [FireClaim]()) { $0.append($1) }
            }
            #expect(claims.filter { if case .claimed = $0 { true } else { false } }.count == 1)
            #expect(try await database.fires.due(of: ["often", "a", "b", "c"]).isEmpty)
        }
    }

    @Test("two fires of one site never run at once, those of another site do")
    func site() async throws {
        try await TemporaryDatabase.with { temporary in
            let fires = temporary.database.fires
            let all = [try schedule("a"), try schedule("b"), try schedule("c", site: "other")]
            for schedule in all {
                try await temporary.database.schedules.adopt(schedule)
                try await temporary.database.schedules.record(plan(600), of: schedule)
            }
            let due = try await fires.due(of: ["often", "a", "b", "c"])
            #expect(due.map(\.schedule) == ["a", "b", "c"])
            let first = try lease(try await fires.claim(due[0], owner: "x", seconds: 60))
            #expect(try await fires.claim(due[1], owner: "y", seconds: 60) == .siteIsBusy)
            #expect(try await fires.claimByHand(720, of: all[1], owner: "y", seconds: 60) == .siteIsBusy)
            #expect(try await fires.fire("b@1970-01-01T00:12:00Z") == nil)
            _ = try lease(try await fires.claim(due[2], owner: "y", seconds: 60))
            #expect(try await fires.finish(first, .done, reason: nil))
            _ = try lease(try await fires.claim(due[1], owner: "y", seconds: 60))
        }
    }

    @Test("fires that wait for a busy site keep no other schedule's out of sight")
    func backlog() async throws {
        try await TemporaryDatabase.with { temporary in
            let (schedules, fires) = (temporary.database.schedules, temporary.database.fires)
            let (busy, other) = (try schedule("busy"), try schedule("other", site: "other"))
            for schedule in [busy, other] { try await schedules.adopt(schedule) }
            var many = plan(6_000)
            many.fires = (1...90).map { PlannedFire(time: $0 * 60, start: $0 * 60) }
            try await schedules.record(many, of: busy)
            try await schedules.record(plan(7_200), of: other)
            let due = try await fires.due(of: ["busy", "other"])
            #expect(due.first?.id == "busy@1970-01-01T00:01:00Z")
            #expect(due.last?.schedule == "other")
            #expect(due.count == 21)
        }
    }

    @Test("a fire whose runner died is due again when its lease has ended, and the old runner's writes are refused")
    func takenOver() async throws {
        try await TemporaryDatabase.with { temporary in
            let (fires, schedule) = (temporary.database.fires, try schedule())
            let old = try lease(try await fires.claimByHand(600, of: schedule, owner: "old", seconds: 60))
            #expect(try await fires.reap() == 0)
            #expect(try await fires.renew(old, seconds: 0))
            #expect(try await fires.reap() == 1)
            let due = try #require(try await fires.due(of: ["often", "a", "b", "c"]).first)
            let new = try lease(try await fires.claim(due, owner: "new", seconds: 60))
            #expect(new.token > old.token)
            #expect(new.fire.attempts == 2)
            #expect(try await fires.renew(old, seconds: 60) == false)
            #expect(try await fires.note(run: "r", of: old) == false)
            #expect(try await fires.finish(old, .failed, reason: "x") == false)
            #expect(try await fires.giveBack(old) == false)
            #expect(try await fires.finish(new, .done, reason: "y"))
            #expect(try await fires.fire(due.id)?.state == .done)
        }
    }

    @Test("a claim is handed over once, by its token")
    func handedOver() async throws {
        try await TemporaryDatabase.with { temporary in
            let (fires, schedule) = (temporary.database.fires, try schedule())
            let parent = try lease(try await fires.claimByHand(600, of: schedule, owner: "parent", seconds: 60))
            let id = parent.fire.id
            let child = try lease(try await fires.takeOver(id, token: parent.token, owner: "child", seconds: 60))
            #expect(child.fire.attempts == 1)
            #expect(try await fires.takeOver(id, token: parent.token, owner: "late", seconds: 60) == .gone)
            #expect(try await fires.renew(parent, seconds: 60) == false)
        }
    }

    @Test("a fire that kills every runner fails after five of them; one that was given back counts none")
    func poison() async throws {
        try await TemporaryDatabase.with { temporary in
            let (fires, schedule) = (temporary.database.fires, try schedule())
            let first = try lease(try await fires.claimByHand(600, of: schedule, owner: "x", seconds: 60))
            #expect(try await fires.giveBack(first))
            for attempt in 1...FireStore.maximumAttempts {
                let due = try #require(try await fires.due(of: ["often", "a", "b", "c"]).first)
                let lease = try lease(try await fires.claim(due, owner: "x", seconds: 0))
                #expect(lease.fire.attempts == attempt)
                try await fires.reap()
            }
            let fire = try #require(try await fires.fire(first.fire.id))
            #expect(fire.state == .failed)
            #expect(fire.reason == "its runner died 5 times")
        }
    }

    @Test("by hand a fire is run that was left out or has failed, but none twice")
    func byHand() async throws {
        try await TemporaryDatabase.with { temporary in
            let (fires, schedule) = (temporary.database.fires, try schedule())
            var plan = plan(600)
            plan.fires[0].skip = .missed
            try await temporary.database.schedules.record(plan, of: schedule)
            let lease = try lease(try await fires.claimByHand(600, of: schedule, owner: "x", seconds: 60))
            #expect(lease.fire.kind == .manual)
            try await fires.finish(lease, .failed, reason: "x")
            let again = try self.lease(try await fires.claimByHand(600, of: schedule, owner: "x", seconds: 60))
            try await fires.finish(again, .done, reason: nil)
            #expect(try await fires.claimByHand(600, of: schedule, owner: "x", seconds: 60) == .gone)
        }
    }

    @Test("at most a hundred fires of a schedule wait; more are left out with that reason")
    func queue() async throws {
        try await TemporaryDatabase.with { temporary in
            let (database, schedule) = (temporary.database, try schedule())
            try await database.schedules.adopt(schedule)
            for part in 0..<3 {
                var plan = FirePlan(considered: Int64(part + 1) * 3_000)
                plan.fires = (1...50).map { .init(time: Int64(part * 50 + $0) * 60, start: Int64(part * 50 + $0) * 60) }
                try await database.schedules.record(plan, of: schedule)
            }
            #expect(try await database.fires.due(of: ["often"], limit: 500).count == 100)
            #expect(try await database.fires.latest(of: "often").first?.reason == "100 fires are waiting already")
        }
    }
}
