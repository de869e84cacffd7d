public import CrawlDomain

/// Where the scheduler's definitions come from.
public struct ScheduleDefinitions: Sendable {
    let fingerprint: @Sendable () -> String
    let load: @Sendable () -> (schedules: [Schedule], problems: [String])

    /// - Parameters:
    ///   - fingerprint: Changes when it is worth loading again.
    ///   - load: What there is, and what could not be read.
    public init(
        fingerprint: @escaping @Sendable () -> String,
        load: @escaping @Sendable () -> (schedules: [Schedule], problems: [String])
    ) {
        self.fingerprint = fingerprint
        self.load = load
    }
}
