public import CrawlDomain

/// Where the scheduler's definitions come from.
public struct ScheduleDefinitions: Sendable {
    /// What was read.
    public struct Content: Sendable {
        let schedules: [Schedule]
        let problems: [String]
        let isConfigurationBroken: Bool
        let brokenSites: Set<String>

        /// - Parameters:
        ///   - schedules: What there is.
        ///   - problems: What could not be read, to be logged.
        ///   - isConfigurationBroken: No crawl can begin.
        ///   - brokenSites: No crawl of these sites can begin.
        public init(
            schedules: [Schedule], problems: [String], isConfigurationBroken: Bool, brokenSites: Set<String>
        ) {
            self.schedules = schedules
            self.problems = problems
            self.isConfigurationBroken = isConfigurationBroken
            self.brokenSites = brokenSites
        }
    }

    let fingerprint: @Sendable () -> String
    let load: @Sendable () -> Content

    /// - Parameters:
    ///   - fingerprint: Changes when it is worth loading again.
    ///   - load: What there is, and what could not be read.
    public init(
        fingerprint: @escaping @Sendable () -> String,
        load: @escaping @Sendable () -> Content
    ) {
        self.fingerprint = fingerprint
        self.load = load
    }
}
