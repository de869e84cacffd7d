/// Whether a host that fails may be asked at all: after so many failures in a row, or at once when it blocks us, it is left alone; then one
/// probe is let out, which closes the breaker or opens it for twice as long.
///
/// Source: Nygard, "Release It!", 2nd edition, 2018, section 5.2.
public struct CircuitBreaker: Sendable, Hashable {
    /// A moment on a clock that only goes forward.
    public typealias Instant = ContinuousClock.Instant

    /// Whether requests go out.
    public enum State: Sendable, Hashable {
        /// They do.
        case closed
        /// None before this; then one.
        case open(until: Instant)
        /// One is on its way, and no other until it is answered.
        case halfOpen
    }

    /// The longest it stays open.
    public static let longestPause: Duration = .seconds(86_400)

    /// Failures in a row that open it.
    public let threshold: Int
    /// How long it stays open the first time.
    public let firstPause: Duration
    /// Failures in a row; from `threshold` on it is not closed.
    public private(set) var failures: Int
    /// Whether requests go out.
    public private(set) var state: State

    /// Makes a breaker, closed, or open until `openUntil` when as many failures are remembered.
    public init(threshold: Int, firstPause: Duration, failures: Int = 0, openUntil: Instant? = nil) {
        self.threshold = max(1, threshold)
        self.firstPause = firstPause
        self.failures = max(0, failures)
        state = .closed
        if self.failures >= self.threshold, let openUntil { state = .open(until: openUntil) }
    }

    /// Whether a request may go out now; one that does while the breaker is open is the probe.
    public mutating func permit(now: Instant) -> Bool {
        switch state {
        case .closed: return true
        case .open(let until):
            guard now >= until else { return false }
            state = .halfOpen
            return true
        case .halfOpen: return false
        }
    }

    /// Takes note of a page that was answered as it should be.
    public mutating func succeed() {
        failures = 0
        state = .closed
    }

    /// Takes note of a failure.
    ///
    /// - Returns: How long the host is left alone now; nil while the breaker stays closed.
    public mutating func fail(now: Instant) -> Duration? {
        failures += 1
        return failures >= threshold ? open(from: now) : nil
    }

    /// Takes note of being told to go away.
    ///
    /// - Returns: How long the host is left alone now.
    public mutating func block(now: Instant) -> Duration {
        failures = max(failures + 1, threshold)
        return open(from: now)
    }

    /// Takes note that the probe said nothing of the host's pages, or was not sent: another one may follow.
    public mutating func withdraw(now: Instant) {
        if state == .halfOpen { state = .open(until: now) }
    }

    private mutating func open(from now: Instant) -> Duration {
        let pause = min(firstPause * (1 << min(failures - threshold, 16)), Self.longestPause)
        state = .open(until: now + pause)
        return pause
    }
}
