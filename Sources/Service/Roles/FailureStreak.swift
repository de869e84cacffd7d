import Synchronization

/// Failures in a row of a part that tries again by itself.
///
/// One or two are nothing to tell of. After the third the part ends with it, so that its supervisor counts and names the failure, `/readyz` says
/// that the part is not well, and the pauses grow.
final class FailureStreak: Sendable {
    /// With so many the part ends.
    static let most = 3
    private let count = Mutex(0)

    /// The part did its work.
    func succeeded() { count.withLock { $0 = 0 } }

    /// Takes note of a failure.
    ///
    /// - Parameter running: How long the part ran before it; where that was long, it was well meanwhile.
    /// - Throws: The error, when it is the third in a row.
    func failed(_ error: any Error, afterRunning running: Duration = .zero) throws {
        let count = count.withLock {
            $0 = running >= RestartPolicy.healthyAfter ? 1 : $0 + 1
            return $0
        }
        if count >= Self.most { throw error }
    }
}
