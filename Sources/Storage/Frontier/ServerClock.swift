import Foundation

/// The server's clock as seen from here: leases, closures and due times are kept by it, since the clocks of several machines differ and
/// each may jump.
struct ServerClock {
    /// What it says now.
    let now: Date
    /// What ours says now.
    let here: Date

    /// A time of our clock as the server's would have it.
    func time(of date: Date) -> Date { date.addingTimeInterval(now.timeIntervalSince(here)) }
}
