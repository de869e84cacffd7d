/// Decides when to ask for a lease, when to renew it, and when it must be taken for lost: a value, told what came of it and what time it is.
///
/// The leader stops by its own clock before the server lets another one begin: its time runs from before the request that was granted, and
/// ends a little early.
struct Election {
    enum Action: Equatable {
        /// Ask whether it is free.
        case ask
        /// Prolong it.
        case renew
        /// Do nothing for so long.
        case wait(Duration)
        /// What is done under it must end: it may be another's by now.
        case stop
    }

    /// How often one that waits asks.
    static let interval: Duration = .seconds(1)

    private let lease: Duration
    private var isLeading = false
    /// When it was asked for or prolonged last.
    private var last: ContinuousClock.Instant?
    private var next: ContinuousClock.Instant?

    init(lease: Duration) { self.lease = lease }

    /// A third of the time is left for two more tries and for what is under way to end.
    private var patience: Duration { lease * 5 / 6 }

    /// When it must be taken for lost; nil for one that does not lead.
    var end: ContinuousClock.Instant? { isLeading ? last.map { $0 + patience } : nil }

    func decide(_ now: ContinuousClock.Instant) -> Action {
        if let end, end <= now { return .stop }
        if let next, now < next { return .wait(now.duration(to: next)) }
        return isLeading ? .renew : .ask
    }

    /// It was asked for.
    ///
    /// - Parameter start: When the request was sent.
    mutating func asked(at start: ContinuousClock.Instant, isGranted: Bool) {
        isLeading = isGranted
        last = isGranted ? start : nil
        next = start + (isGranted ? lease / 3 : Self.interval)
    }

    /// It was to be prolonged.
    ///
    /// - Parameter isHeld: nil where there was no answer.
    mutating func renewed(at start: ContinuousClock.Instant, isHeld: Bool?) {
        switch isHeld {
        case true?: (last, next) = (start, start + lease / 3)
        // Taken for lost at once.
        case false?: last = start - lease
        case nil: next = start + min(Self.interval, lease / 6)
        }
    }

    /// It was given back, or lost.
    mutating func ended(_ now: ContinuousClock.Instant) {
        (isLeading, last, next) = (false, nil, now + Self.interval)
    }
}
