import Testing

@testable import MongoDriver

@Suite struct LaneScheduleTests {
    typealias Schedule = LaneSchedule<String>

    private func lane(_ wakeup: Schedule.Wakeup?) throws -> Schedule.LaneID {
        guard case .start(let lane)? = wakeup else {
            Issue.record("no lane was started: \(String(describing: wakeup))")
            throw MongoError(.driver, "no lane")
        }
        return lane
    }

    private func job(_ next: Schedule.Next) -> String? { if case .run(let job) = next { job } else { nil } }

    @Test("lanes start up to the limit, then jobs wait their turn")
    func limit() throws {
        var schedule = Schedule(sharedLimit: 2, exclusiveLimit: 1)
        let first = try lane(schedule.submit("a"))
        let second = try lane(schedule.submit("b"))
        #expect(schedule.submit("c") == Schedule.Wakeup.none)
        #expect(job(schedule.next(for: second)) == "a")
        #expect(job(schedule.next(for: first)) == "b")
        #expect(job(schedule.next(for: first)) == "c")
        #expect(job(schedule.next(for: first)) == nil)
        #expect(schedule.submit("d") == .wake(first))
        #expect(schedule.submit("e") == Schedule.Wakeup.none)
    }

    @Test("a lane does first what only it can do")
    func affinity() throws {
        var schedule = Schedule(sharedLimit: 1, exclusiveLimit: 1)
        let only = try lane(schedule.submit("shared"))
        #expect(schedule.submit("own", to: only) == Schedule.Wakeup.none)
        #expect(job(schedule.next(for: only)) == "own")
        #expect(job(schedule.next(for: only)) == "shared")
        _ = schedule.next(for: only)
        #expect(schedule.submit("own", to: only) == .wake(only))
    }

    @Test("a lent lane takes no shared jobs, and is lent again when given back")
    func exclusive() throws {
        var schedule = Schedule(sharedLimit: 1, exclusiveLimit: 1)
        guard case .start(let lent) = schedule.lend() else {
            Issue.record("no lane was lent")
            return
        }
        #expect(schedule.lend() == .none)
        let shared = try lane(schedule.submit("shared"))
        #expect(shared != lent)
        #expect(job(schedule.next(for: lent)) == nil)
        schedule.giveBack(lent)
        #expect(schedule.lend() == .lane(lent))
    }

    @Test("after closing, queued jobs are done and lanes end")
    func closing() throws {
        var schedule = Schedule(sharedLimit: 1, exclusiveLimit: 1)
        let only = try lane(schedule.submit("a"))
        _ = schedule.submit("b")
        #expect(schedule.close().isEmpty)
        #expect(schedule.submit("c") == nil)
        #expect(schedule.lend() == .none)
        #expect(job(schedule.next(for: only)) == "a")
        #expect(job(schedule.next(for: only)) == "b")
        guard case .exit = schedule.next(for: only) else {
            Issue.record("the lane goes on")
            return
        }
        #expect(schedule.isEmpty)
        #expect(schedule.submit("d", to: only) == nil)
    }

    @Test("a lane that could not start strands nothing")
    func abandoned() throws {
        var schedule = Schedule(sharedLimit: 2, exclusiveLimit: 1)
        let first = try lane(schedule.submit("a"))
        let second = try lane(schedule.submit("b"))
        #expect(schedule.abandon(second) == [])
        #expect(schedule.abandon(first) == ["a", "b"])
        _ = try lane(schedule.submit("c"))
    }
}
