/// How long changes wait for more, to be folded in together.
public struct IndexingPace: Sendable, Hashable {
    /// They are folded in when none has come for so long;
    public var quiet: Duration
    /// or so long after the first, at the latest;
    public var longest: Duration
    /// or when there are so many.
    public var changes: Int

    /// Makes a pace; the defaults publish a single change after a second or two, and every few seconds during a crawl.
    public init(quiet: Duration = .milliseconds(300), longest: Duration = .seconds(3), changes: Int = 5_000) {
        (self.quiet, self.longest, self.changes) = (quiet, longest, changes)
    }
}

/// Decides when changes are folded in: a value, told what there is and what time it is.
struct ChangeGathering {
    /// What to do.
    enum Decision: Equatable {
        /// Nothing waits.
        case rest
        /// Look again after so long.
        case wait(Duration)
        /// Fold in what waits.
        case fold
    }

    let pace: IndexingPace
    private var first: ContinuousClock.Instant?
    private var newest = 0
    private var newestSeen: ContinuousClock.Instant?

    init(_ pace: IndexingPace) { self.pace = pace }

    /// - Parameters:
    ///   - newest: The number of the newest change.
    ///   - taken: The number of the last one that was folded in.
    mutating func decide(newest: Int, taken: Int, now: ContinuousClock.Instant) -> Decision {
        guard newest > taken else {
            (first, newestSeen, self.newest) = (nil, nil, newest)
            return .rest
        }
        let start = first ?? now
        first = start
        if newest != self.newest || newestSeen == nil { (self.newest, newestSeen) = (newest, now) }
        let last = newestSeen ?? now
        let due = min(last + pace.quiet, start + pace.longest)
        guard now < due, newest - taken < pace.changes else {
            first = nil
            return .fold
        }
        return .wait(now.duration(to: due))
    }
}
