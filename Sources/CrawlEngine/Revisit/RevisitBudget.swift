/// How many requests a day a site's revisits may take.
public struct RevisitBudget: Sendable, Hashable {
    /// The delay between two requests.
    public var delay: Duration
    /// What spider and operator allow a day; nil for whatever politeness does.
    public var dailyLimit: Int?

    /// Makes a budget.
    public init(delay: Duration, dailyLimit: Int? = nil) {
        self.delay = delay
        self.dailyLimit = dailyLimit
    }

    /// Without a delay, as on this machine, still not more than this many requests a second are planned.
    private static let fastest = 10.0

    /// Requests a day, less what new pages need; of a large backlog, half: it is worked off by priority, and what is stored must not rot
    /// meanwhile.
    public func perDay(waiting: Double) -> Double {
        let possible = 86_400 / max(delay.seconds, 1 / Self.fastest)
        let allowed = min(possible, dailyLimit.map(Double.init) ?? .infinity)
        return max(allowed - min(waiting, allowed / 2), 1)
    }
}
