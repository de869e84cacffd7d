import Foundation

/// Says when an image host may be asked: one request at a time, a pause after each answer, a longer one after it said that it has had enough.
/// A value that is told the time.
struct ImageTurns {
    enum Decision: Equatable {
        case ask
        case wait(Duration)
        /// More wait already than could be served soon.
        case refuse
    }

    private struct Host {
        var isBusy = false
        var waiting = 0
        var next: ContinuousClock.Instant?
        var closedUntil: ContinuousClock.Instant?
    }

    /// As between the pages of a public host.
    let pause: Duration
    /// Who waits holds a connection.
    static let mostWaiting = 40
    private static let look: Duration = .milliseconds(50)
    private static let mostClosed: Duration = .seconds(3_600)

    private var hosts: [String: Host] = [:]

    init(pause: Duration = .seconds(1)) { self.pause = pause }

    /// Takes a place in a host's queue.
    mutating func enter(_ host: String, now: ContinuousClock.Instant) -> Bool {
        guard !isClosed(host, now: now), hosts[host]?.waiting ?? 0 < Self.mostWaiting else { return false }
        hosts[host, default: Host()].waiting += 1
        return true
    }

    /// Whether a host wants to be left alone.
    func isClosed(_ host: String, now: ContinuousClock.Instant) -> Bool {
        hosts[host]?.closedUntil.map { now < $0 } ?? false
    }

    mutating func leave(_ host: String) { hosts[host]?.waiting -= 1 }

    mutating func decide(_ host: String, now: ContinuousClock.Instant) -> Decision {
        let state = hosts[host] ?? Host()
        if let closed = state.closedUntil, now < closed { return .refuse }
        if state.isBusy { return .wait(Self.look) }
        if let next = state.next, now < next { return .wait(now.duration(to: next)) }
        hosts[host, default: Host()].isBusy = true
        return .ask
    }

    /// An answer came, or none.
    ///
    /// - Parameter closedFor: How long the host wants to be left alone.
    mutating func answered(_ host: String, closedFor: Duration?, now: ContinuousClock.Instant) {
        hosts[host]?.isBusy = false
        hosts[host]?.next = now + pause
        if let closedFor { hosts[host]?.closedUntil = now + min(closedFor, Self.mostClosed) }
    }
}
