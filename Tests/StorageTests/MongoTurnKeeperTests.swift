import CrawlDomain
import Foundation
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct MongoTurnKeeperTests {
    private func address(gap: Duration, site: String = "demo") -> Turn {
        Turn(.address, name: "192.0.2.1", site: site, gap: gap)
    }

    private func wait(_ answer: TurnAnswer) -> Duration? { if case .wait(let left) = answer { left } else { nil } }

    @Test("a turn is one request's at a time; asked again, its holder has it")
    func exclusive() async throws {
        try await TemporaryDatabase.with { temporary in
            let (keeper, turn) = (temporary.database.turns, address(gap: .seconds(3_600)))
            var answers: [TurnAnswer] = []
            for holder in ["a", "b", "a"] {
                answers.append(try await keeper.take(turn, holder: holder, hold: .seconds(60)))
            }
            #expect(answers == [.taken, .busy, .taken])
        }
    }

    @Test("of many that want a new turn at the same moment one gets it")
    func race() async throws {
        try await TemporaryDatabase.with { temporary in
            let (keeper, turn) = (temporary.database.turns, address(gap: .seconds(3_600)))
            let taken = try await withThrowingTaskGroup(of: TurnAnswer.self) { group in
                for holder in 0..<8 {
                    group.addTask { try await keeper.take(turn, holder: "\(holder)", hold: .seconds(60)) }
                }
                return try await group.reduce(into: 0) { if $1 == .taken { $0 += 1 } }
            }
            #expect(taken == 1)
        }
    }

    @Test("after an answer the longer of its gap and the next one's own is waited; what was given back costs nothing")
    func gaps() async throws {
        try await TemporaryDatabase.with { temporary in
            let keeper = temporary.database.turns
            let (short, long) = (address(gap: .seconds(100)), address(gap: .seconds(3_600), site: "other"))
            #expect(try await keeper.take(short, holder: "a", hold: .seconds(60)) == .taken)
            try await keeper.giveBack(short, holder: "a")
            #expect(try await keeper.take(long, holder: "b", hold: .seconds(60)) == .taken)
            try await keeper.giveBack(short, holder: "a")
            #expect(try await keeper.take(short, holder: "c", hold: .seconds(60)) == .busy)
            try await keeper.end(long, holder: "b")
            let own = try #require(wait(try await keeper.take(long, holder: "d", hold: .seconds(60))))
            let others = try #require(wait(try await keeper.take(short, holder: "e", hold: .seconds(60))))
            #expect(own > .seconds(3_500) && own < .seconds(3_601))
            #expect(others > .seconds(3_500) && others < .seconds(3_601))
        }
    }

    @Test("an answer from an address nobody expected counts there")
    func unexpected() async throws {
        try await TemporaryDatabase.with { temporary in
            let (keeper, turn) = (temporary.database.turns, address(gap: .seconds(3_600)))
            try await keeper.end(turn, holder: "a")
            #expect(wait(try await keeper.take(turn, holder: "b", hold: .seconds(60))) ?? .zero > .seconds(3_500))
        }
    }

    @Test("a dead holder's turn is free when its answer has surely ended and the gap has passed")
    func deadHolder() async throws {
        try await TemporaryDatabase.with { temporary in
            let (keeper, turn) = (temporary.database.turns, address(gap: .milliseconds(50)))
            let start = ContinuousClock.now
            #expect(try await keeper.take(turn, holder: "dead", hold: .milliseconds(50)) == .taken)
            while try await keeper.take(turn, holder: "next", hold: .seconds(60)) != .taken {
                try #require(start.duration(to: .now) < .seconds(30))
            }
            #expect(start.duration(to: .now) >= .milliseconds(95))
        }
    }

    @Test("a site that blocked us at an address is left alone there, another is not")
    func blocked() async throws {
        try await TemporaryDatabase.with { temporary in
            let keeper = temporary.database.turns
            try await keeper.block(address(gap: .zero), for: .seconds(300))
            try await keeper.block(address(gap: .zero), for: .seconds(3))
            guard case .blocked(let left) = try await keeper.take(address(gap: .zero), holder: "a", hold: .seconds(60))
            else {
                Issue.record("not blocked")
                return
            }
            #expect(left > .seconds(200) && left < .seconds(301))
            #expect(
                try await keeper.take(address(gap: .zero, site: "other"), holder: "b", hold: .seconds(60)) == .taken)
        }
    }
}

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct MongoRequestBudgetTests {
    @Test("a day's budget is never exceeded, whoever reserves; what is given back can be reserved again")
    func reservations() async throws {
        try await TemporaryDatabase.with { temporary in
            let budget = temporary.database.requestBudgets
            let portions = try await withThrowingTaskGroup(of: BudgetPortion.self) { group in
                for _ in 0..<6 { group.addTask { try await budget.reserve(4, of: "site|demo", limit: 10) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(portions.map(\.requests).sorted() == [0, 0, 0, 2, 4, 4])
            #expect(portions.allSatisfy { $0.dayLeft > .zero && $0.dayLeft <= .seconds(86_400) })
            try await budget.giveBack(3, of: "site|demo", day: portions[0].day)
            try await budget.giveBack(3, of: "site|demo", day: portions[0].day.addingTimeInterval(-86_400))
            #expect(try await budget.reserve(9, of: "site|demo", limit: 10).requests == 3)
            #expect(try await budget.reserve(9, of: "host|demo|127.0.0.1", limit: 10).requests == 9)
            #expect(try await budget.reserve(9, of: "site|demo", limit: 5).requests == 0)
        }
    }
}
