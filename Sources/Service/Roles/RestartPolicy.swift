/// When a role that has failed is started again: later each time, until it has run well for a while.
///
/// The pauses double from one second to a minute and are spread over their second half, so that many instances that lost the same
/// database do not come back in step.
struct RestartPolicy {
    /// A role that ran for so long was well.
    static let healthyAfter: Duration = .seconds(60)
    private static let longest = 60.0
    /// Failures in a row so far.
    var failures = 0

    /// The pause before the next start.
    ///
    /// - Parameters:
    ///   - running: How long the role ran before it failed.
    ///   - random: From 0 to 1.
    mutating func pause(afterRunning running: Duration, random: Double) -> Duration {
        if running >= Self.healthyAfter { failures = 0 }
        let whole = min(Self.longest, Double(UInt64(1) << min(failures, 10)))
        failures += 1
        return .seconds(whole * (1 + random) / 2)
    }
}
