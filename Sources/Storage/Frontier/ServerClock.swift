import Foundation

/// The server's clock as seen from here: leases, closures and due times are kept by it, since the clocks of several machines differ and
/// each may jump.
struct ServerClock {
    /// What it says now.
    let now: Date

    /// A time that was decided by our clock as the server's has it: as far from now as it was from the decision, though our clock may
    /// have been set since. The little time that passed in between is not counted.
    func time(of date: Date, decidedAt: Date) -> Date { now.addingTimeInterval(date.timeIntervalSince(decidedAt)) }
}
