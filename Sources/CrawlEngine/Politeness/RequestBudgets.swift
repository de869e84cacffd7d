public import CrawlDomain

/// The budgets of a run: the site's, which its hosts share, and one for each host.
public actor RequestBudgets {
    /// Which budget is used up, and for how long.
    struct Exhaustion: Hashable {
        let isSite: Bool
        let limit: Int
        let dayLeft: Duration
    }

    private let store: any RequestBudget
    private let site: String
    private let limit: Int?
    private let hostLimit: Int?
    private var budgets: [String: DailyBudget] = [:]

    /// Budgets of a site.
    ///
    /// - Parameters:
    ///   - limit: Requests to all of its hosts in a day; nil for no limit.
    ///   - hostLimit: Requests to one of its hosts in a day; nil for no limit.
    public init(store: any RequestBudget, site: String, limit: Int?, hostLimit: Int?) {
        self.store = store
        self.site = site
        self.limit = limit
        self.hostLimit = hostLimit
    }

    /// Takes one request to a host out of all budgets; what is used up, if one is.
    func take(host: String) async throws -> Exhaustion? {
        let hostName = "host|\(host)"
        if let hostLimit, let left = try await takeOne(of: hostName, limit: hostLimit) {
            return Exhaustion(isSite: false, limit: hostLimit, dayLeft: left)
        }
        guard let limit, let left = try await takeOne(of: "site|\(site)", limit: limit) else { return nil }
        budgets[hostName]?.putBack()
        return Exhaustion(isSite: true, limit: limit, dayLeft: left)
    }

    /// Gives back what was reserved and not used; to be called when the run ends.
    public func giveBack() async {
        let (store, unused) = (store, budgets.values.filter { $0.left > 0 })
        budgets = [:]
        // Not cancelled with the run. What cannot be given back counts as spent, which is the safe side; where the database is away for
        // one budget it is for all, and nobody waits for each.
        _ = try? await Task {
            for budget in unused { try await store.giveBack(budget.left, of: budget.name, day: budget.day) }
        }.value
    }

    /// Takes one request; what is left of the day when there is none.
    private func takeOne(of name: String, limit: Int) async throws -> Duration? {
        while true {
            switch budgets[name, default: DailyBudget(name: name, limit: limit)].take(now: .now) {
            case .take: return nil
            case .usedUp(let left): return left
            case .reserve(let wanted):
                let asked = ContinuousClock.now
                let portion = try await store.reserve(wanted, of: name, limit: limit)
                // The answer may be long in coming: what was got is of the day as it was when it was asked for, and where nothing was got
                // the day is not over before it is.
                let now = portion.requests > 0 ? asked : .now
                budgets[name, default: DailyBudget(name: name, limit: limit)].add(portion, now: now)
            }
        }
    }
}
