/// How a run hears of its operator, and the operator of what is left to do.
public protocol CrawlControl: Sendable {
    /// What is asked of the runs of a site now.
    func instructions(site: String) async throws -> CrawlInstructions

    /// Closes runs of a site that say they are running and have not been heard of for so long: their process died.
    ///
    /// - Returns: Their ids.
    func closeLostRuns(site: String, unseenFor: Duration) async throws -> [String]

    /// How many URLs wait on each host of a site. Reads an index key for each of them: seconds where millions wait.
    func backlog(site: String) async throws -> [HostBacklog]
}

/// For a run that nobody controls, as in a test.
public struct Uncontrolled: CrawlControl {
    /// Nobody asks for anything.
    public init() {}

    /// Nothing is asked: no pause, no delay, no stop.
    public func instructions(site: String) async throws -> CrawlInstructions { CrawlInstructions() }

    /// No run is lost where none is recorded.
    public func closeLostRuns(site: String, unseenFor: Duration) async throws -> [String] { [] }

    /// Nobody asks how much is left.
    public func backlog(site: String) async throws -> [HostBacklog] { [] }
}
