/// Exponential back-off with full jitter: a uniform part of `base · 2^(attempt−1)`, at most `cap`.
///
/// Source: Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015 ("full jitter").
public struct Backoff: Sendable, Hashable {
    /// The first step.
    public var base: Duration
    /// The longest step.
    public var cap: Duration

    /// Makes a back-off.
    public init(base: Duration, cap: Duration) {
        self.base = base
        self.cap = cap
    }

    /// The delay before attempt `attempt + 1`; at least a tenth of the full step, so that it is never none.
    ///
    /// - Parameters:
    ///   - attempt: How many attempts have failed, from 1.
    ///   - jitter: Uniform in 0…1.
    public func delay(attempt: Int, jitter: Double) -> Duration {
        let step = min(base * (1 << min(max(attempt - 1, 0), 20)), cap)
        return step * (0.1 + 0.9 * min(max(jitter, 0), 1))
    }
}
