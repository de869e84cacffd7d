public import CrawlDomain
public import struct Foundation.Date

/// A budget that waits while its database is away. A reservation whose answer was lost counts as spent.
public struct PatientRequestBudget: RequestBudget {
    private let budget: any RequestBudget
    private let patience: Patience

    /// Waits on behalf of `budget`.
    public init(_ budget: any RequestBudget, patience: Patience) {
        self.budget = budget
        self.patience = patience
    }

    public func reserve(_ wanted: Int, of name: String, limit: Int) async throws -> BudgetPortion {
        try await patience.untilAnswered { try await budget.reserve(wanted, of: name, limit: limit) }
    }

    /// Not patient: what is not given back counts as spent, and nothing waits for it.
    public func giveBack(_ requests: Int, of name: String, day: Date) async throws {
        try await budget.giveBack(requests, of: name, day: day)
    }
}
