/// Lets hosts that wait take the places of hosts that have had theirs.
///
/// While as many hosts are worked on as may be and others wait, some workers are asked to give their host back: one at first, and twice as
/// many at each look after all that were asked have done so. The host given back comes after those that have waited longer.
struct HostRotation: Sendable {
    /// A host keeps its place this long before it gives way.
    static let turn: Duration = .seconds(10)
    /// Nobody keeps a place to sleep this long while others wait.
    static let longestSleep: Duration = .seconds(5)

    /// Places to give up that nobody has given up yet.
    private(set) var wanted = 0
    private var asked = 0

    /// Takes note of whether a host waits for a place; meant to be called about once a second.
    mutating func look(hostsWait: Bool, workers: Int) {
        guard hostsWait else {
            (wanted, asked) = (0, 0)
            return
        }
        if wanted == 0 { asked = min(max(1, 2 * asked), max(1, workers)) }
        wanted = asked
    }

    /// Whether the worker of a host should give it back now; each time it should counts.
    ///
    /// - Parameters:
    ///   - held: How long the worker has had the host.
    ///   - wait: How long it would sleep before it asks again.
    mutating func givesWay(held: Duration, wait: Duration) -> Bool {
        guard wanted > 0, held >= Self.turn || wait >= Self.longestSleep else { return false }
        wanted -= 1
        return true
    }
}
