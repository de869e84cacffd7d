/// How long and how often a transaction is tried.
public struct TransactionOptions: Sendable {
    /// Whole runs of the body, at most.
    public var attempts = 20
    /// After this long nothing is tried again.
    public var retryWindow: Duration = .seconds(60)
    /// How long the server may take for one commit.
    public var commitTimeLimit: Duration = .seconds(30)

    /// The defaults above.
    public init() {}
}

/// Decides what follows a failed step of a transaction.
struct TransactionPolicy {
    let options: TransactionOptions
    let start: ContinuousClock.Instant

    /// Whether to run the body again.
    func repeatsBody(after error: MongoError, attempt: Int, now: ContinuousClock.Instant) -> Bool {
        error.isTransient && attempt < options.attempts && now - start < options.retryWindow
    }

    /// Whether to commit again: the first may have been applied, and a repeated commit is safe.
    ///
    /// Not after code 50: the commit itself ran into its time limit, and a repetition would too.
    func repeatsCommit(after error: MongoError, now: ContinuousClock.Instant) -> Bool {
        error.isUnknownCommitResult && error.serverCode != 50 && now - start < options.retryWindow
    }

    /// How long to wait before an attempt: 5 ms growing by half up to 500 ms, times a random part, so that rivals part ways.
    ///
    /// Source: MongoDB's convenient transactions specification.
    func delay(before attempt: Int, random: Double) -> Duration {
        let whole = (0..<min(attempt, 12)).reduce(5.0) { delay, _ in delay * 1.5 }
        return .milliseconds(Int64(min(whole, 500) * random))
    }
}
