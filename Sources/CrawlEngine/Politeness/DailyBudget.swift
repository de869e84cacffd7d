public import CrawlDomain
public import Foundation

/// A day's requests, taken one by one out of portions that are reserved for this process.
///
/// A value that takes the time: it says when to reserve, and does not do it.
public struct DailyBudget: Sendable {
    /// A moment on a clock that only goes forward.
    public typealias Instant = ContinuousClock.Instant

    /// What to do for one more request.
    public enum Decision: Sendable, Hashable {
        /// It is taken.
        case take
        /// Reserve so many, and ask again.
        case reserve(Int)
        /// None is left until the day ends.
        case usedUp(Duration)
    }

    /// Whose it is: "site|demo".
    public let name: String
    /// Requests in a day.
    public let limit: Int
    /// Reserved and not yet used.
    public private(set) var left = 0
    /// The day they belong to.
    public private(set) var day = Date.distantPast
    private var dayEnds: Instant?
    private var isUsedUp = false

    /// A budget of which nothing is reserved yet.
    public init(name: String, limit: Int) {
        self.name = name
        self.limit = max(0, limit)
    }

    /// Takes one request, if one is reserved.
    public mutating func take(now: Instant) -> Decision {
        if let dayEnds, now < dayEnds {
            if left > 0 {
                left -= 1
                return .take
            }
            if isUsedUp { return .usedUp(now.duration(to: dayEnds)) }
        } else {
            // What was reserved was yesterday's.
            (left, dayEnds, isUsedUp) = (0, nil, false)
        }
        return .reserve(Self.portion(of: limit))
    }

    /// Takes what was reserved in answer to ``Decision/reserve(_:)``.
    public mutating func add(_ portion: BudgetPortion, now: Instant) {
        left = day == portion.day ? left + portion.requests : portion.requests
        day = portion.day
        dayEnds = now + portion.dayLeft
        isUsedUp = portion.requests == 0
    }

    /// Takes back a request that was not made.
    public mutating func putBack() { left += 1 }

    /// A hundredth of the day, so that a dead worker costs little and counting does too.
    private static func portion(of limit: Int) -> Int { min(max(limit / 100, 1), 100) }
}
