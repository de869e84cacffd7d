import CrawlDomain
import Synchronization

/// Keeps a host's lease while its worker works, however long one answer takes.
final class LeaseHeartbeat: Sendable {
    private let lease: HostLease
    private let seconds: Int
    /// Until when the lease is certainly ours; nil when somebody else has it.
    private let held: Mutex<ContinuousClock.Instant?>

    init(_ lease: HostLease, seconds: Int) {
        self.lease = lease
        self.seconds = seconds
        held = Mutex(.now + .seconds(seconds))
    }

    /// Whether the host may be asked under the lease; false too when MongoDB could not be reached for so long that it may have ended.
    var isHeld: Bool { held.withLock { $0.map { $0 > .now } ?? false } }

    /// Renews until the task is cancelled or the lease is lost.
    func run(_ frontier: any Frontier) async {
        while (try? await Task.sleep(for: .seconds(seconds) / 3)) != nil {
            let start = ContinuousClock.now
            // Out of reach is not lost: until the lease's end there is time to try again.
            guard let isOurs = try? await frontier.renew(lease, seconds: seconds) else { continue }
            held.withLock { $0 = isOurs ? start + .seconds(seconds) : nil }
            guard isOurs else { return }
        }
    }
}
