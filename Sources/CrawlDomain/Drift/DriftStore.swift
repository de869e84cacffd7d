/// What is kept of how sites fill their fields, and what is held back because of it.
public protocol DriftStore: Sendable {
    /// The statistics of a site from a day on, oldest first.
    func history(site: String, since day: String) async throws -> [PageStatistics]

    /// Adds to the statistics of their days.
    func add(_ statistics: [PageStatistics]) async throws

    /// Stores alarms, and holds the site's publication where one says so; must be durable before what it is about is stored.
    ///
    /// - Returns: The names of those that the operator has released since: what they say is usual now.
    func raise(_ alarms: [DriftAlarm], site: String, run: String, spider: String) async throws -> Set<String>
}
