import CrawlDomain
import Synchronization

/// Keeps a host's lease while its worker works, however long one answer takes.
final class LeaseHeartbeat: Sendable {
    private let lease: HostLease
    private let seconds: Int
    /// Until when the lease is certainly ours; nil when somebody else has it.
    private let held: Mutex<ContinuousClock.Instant?>

    /// - Parameter since: From before the lease was asked for: the answer may have been long in coming.
    init(_ lease: HostLease, seconds: Int, since: ContinuousClock.Instant) {
        self.lease = lease
        self.seconds = seconds
        held = Mutex(since + .seconds(seconds))
    }

    /// Whether the host may be asked under the lease; false too when MongoDB could not be reached for so long that it may have ended.
    var isHeld: Bool { held.withLock { $0.map { $0 > .now } ?? false } }

    /// Renews until the task is cancelled or the lease is lost.
    func run(_ frontier: any Frontier) async {
        while (try? await Task.sleep(for: .seconds(seconds) / 3)) != nil {
            guard await renew(frontier) else { return }
        }
    }

    /// Renews now if the lease may have ended, because its answer was so long in coming.
    func confirm(_ frontier: any Frontier) async {
        if !isHeld { _ = await renew(frontier) }
    }

    /// - Returns: false when somebody else has it.
    private func renew(_ frontier: any Frontier) async -> Bool {
        let start = ContinuousClock.now
        // Out of reach is not lost: until the lease's end there is time to try again.
        guard let isOurs = try? await frontier.renew(lease, seconds: seconds) else { return true }
        held.withLock { $0 = isOurs ? start + .seconds(seconds) : nil }
        return isOurs
    }
}
