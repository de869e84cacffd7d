public import CrawlDomain

/// A control that waits while its database is away.
public struct PatientControl: CrawlControl {
    private let control: any CrawlControl
    private let patience: Patience

    /// Waits on behalf of `control`.
    public init(_ control: any CrawlControl, patience: Patience) {
        self.control = control
        self.patience = patience
    }

    public func instructions(site: String) async throws -> CrawlInstructions {
        try await patience.untilAnswered { try await control.instructions(site: site) }
    }

    public func closeLostRuns(site: String, unseenFor: Duration) async throws -> [String] {
        try await patience.untilAnswered { try await control.closeLostRuns(site: site, unseenFor: unseenFor) }
    }

    public func backlog(site: String) async throws -> [HostBacklog] {
        try await patience.untilAnswered { try await control.backlog(site: site) }
    }
}
