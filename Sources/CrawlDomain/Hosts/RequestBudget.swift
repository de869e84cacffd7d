public import struct Foundation.Date

/// Requests that may be made, out of a day's budget.
public struct BudgetPortion: Sendable, Hashable {
    /// How many; none when the day's budget is used up.
    public let requests: Int
    /// The UTC day they belong to: its first moment, by the database's clock.
    public let day: Date
    /// What is left of that day.
    public let dayLeft: Duration

    /// Makes a portion.
    public init(requests: Int, day: Date, dayLeft: Duration) {
        self.requests = requests
        self.day = day
        self.dayLeft = dayLeft
    }
}

/// Counts requests by UTC day, for all workers together. What is reserved counts as spent until it is given back, so that the death of a
/// worker can only make a day shorter.
public protocol RequestBudget: Sendable {
    /// Reserves up to `wanted` requests of today's `limit`.
    ///
    /// - Parameter name: Whose budget: "site|demo".
    func reserve(_ wanted: Int, of name: String, limit: Int) async throws -> BudgetPortion

    /// Gives back what was not needed; without effect when its day is over.
    func giveBack(_ requests: Int, of name: String, day: Date) async throws
}
