import Testing

@testable import MongoDriver

@Suite struct TransactionPolicyTests {
    private let now = ContinuousClock.now

    private func policy(_ change: (inout TransactionOptions) -> Void = { _ in }) -> TransactionPolicy {
        var options = TransactionOptions()
        change(&options)
        return TransactionPolicy(options: options, start: now)
    }

    @Test("only transient failures run the body again, within attempts and time")
    func body() {
        let transient = MongoError(.command, "", labels: ["TransientTransactionError"])
        #expect(policy().repeatsBody(after: transient, attempt: 1, now: now))
        #expect(!policy().repeatsBody(after: MongoError(.command, ""), attempt: 1, now: now))
        #expect(!policy { $0.attempts = 3 }.repeatsBody(after: transient, attempt: 3, now: now))
        #expect(!policy().repeatsBody(after: transient, attempt: 1, now: now + .seconds(61)))
    }

    @Test("an unknown commit is repeated, unless its own time ran out")
    func commit() {
        let unknown = MongoError(.network, "", labels: ["UnknownTransactionCommitResult"])
        #expect(policy().repeatsCommit(after: unknown, now: now))
        #expect(!policy().repeatsCommit(after: unknown, now: now + .seconds(61)))
        let late = MongoError(.timeLimit, "", serverCode: 50, labels: ["UnknownTransactionCommitResult"])
        #expect(!policy().repeatsCommit(after: late, now: now))
    }

    @Test("waits grow to half a second, times a random part")
    func delay() {
        #expect(policy().delay(before: 1, random: 1) == .milliseconds(7))
        #expect(policy().delay(before: 5, random: 0) == .zero)
        #expect(policy().delay(before: 1000, random: 1) == .milliseconds(500))
    }
}
