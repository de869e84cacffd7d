/// What is kept of how sites fill their fields, and what is held back because of it.
public protocol DriftStore: Sendable {
    /// The statistics of a site from a day on, oldest first.
    ///
    /// - Parameter pages: Of these kinds of pages only; nil for all.
    func history(site: String, since day: String, pages: Set<String>?) async throws -> [PageStatistics]

    /// Adds to the statistics of their days.
    func add(_ statistics: [PageStatistics]) async throws

    /// The blocks under way that earlier runs of a spider have left; none where another version of it read them.
    func openBlocks(site: String, spider: String) async throws -> [OpenBlock]

    /// Stores the blocks under way in the place of those of the same kinds of pages.
    func keep(_ blocks: [OpenBlock], site: String, spider: String) async throws

    /// Stores alarms, and holds the site's publication where one says so; must be durable before what it is about is stored.
    ///
    /// - Returns: The names of those that the operator has released since: what they say is usual now.
    func raise(_ alarms: [DriftAlarm], site: String, run: String, spider: String) async throws -> Set<String>
}
