import Testing

@testable import Service

@Suite
struct FailureStreakTests {
    private struct Failure: Error, Equatable { let number: Int }

    @Test("the third failure in a row is thrown")
    func third() throws {
        let streak = FailureStreak()
        try streak.failed(Failure(number: 1))
        try streak.failed(Failure(number: 2))
        #expect(throws: Failure(number: 3)) { try streak.failed(Failure(number: 3)) }
    }

    @Test("a success in between, or a minute without a failure, begins a new row")
    func reset() throws {
        let streak = FailureStreak()
        for number in 0..<10 {
            try streak.failed(Failure(number: number))
            try streak.failed(Failure(number: number))
            streak.succeeded()
        }
        for number in 0..<10 { try streak.failed(Failure(number: number), afterRunning: .seconds(60)) }
        try streak.failed(Failure(number: 10), afterRunning: .seconds(59))
        #expect(throws: Failure(number: 11)) { try streak.failed(Failure(number: 11), afterRunning: .seconds(59)) }
    }
}
