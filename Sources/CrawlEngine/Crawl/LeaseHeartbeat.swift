import CrawlDomain
import Fetching
import Synchronization

/// Keeps a host's lease while its worker works, however long one answer takes.
final class LeaseHeartbeat: Sendable {
    private struct State {
        /// Until when the lease is certainly ours; nil when somebody else has it.
        var until: ContinuousClock.Instant?
        /// Ends the request under way.
        var stop: FetchStop?
    }

    private let lease: HostLease
    private let seconds: Int
    private let state: Mutex<State>

    /// - Parameter since: From before the lease was asked for: the answer may have been long in coming.
    init(_ lease: HostLease, seconds: Int, since: ContinuousClock.Instant) {
        self.lease = lease
        self.seconds = seconds
        state = Mutex(State(until: since + .seconds(seconds)))
    }

    /// Whether the host may be asked under the lease; false too when MongoDB could not be reached for so long that it may have ended.
    var isHeld: Bool { state.withLock { $0.until.map { $0 > .now } ?? false } }

    /// Renews until the task is cancelled or the lease is lost.
    func run(_ frontier: any Frontier) async {
        async let watching: Void = watch()
        while (try? await Task.sleep(for: .seconds(seconds) / 3)) != nil {
            guard await renew(frontier) else { break }
        }
        await watching
    }

    /// Renews now if the lease may have ended, because its answer was so long in coming.
    func confirm(_ frontier: any Frontier) async {
        if !isHeld { _ = await renew(frontier) }
    }

    /// Runs a request, which is ended when the lease may have: the next holder must not ask beside it.
    func whileHeld<Value, Failure: Error>(
        _ request: (FetchStop) async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let stop = FetchStop()
        state.withLock { $0.stop = stop }
        defer { state.withLock { $0.stop = nil } }
        // It may have ended before there was anything to stop.
        if !isHeld { stop.stop() }
        return try await request(stop)
    }

    /// - Returns: false when somebody else has it.
    private func renew(_ frontier: any Frontier) async -> Bool {
        let start = ContinuousClock.now
        // Out of reach is not lost: until the lease's end there is time to try again.
        guard let isOurs = try? await frontier.renew(lease, seconds: seconds) else { return true }
        state.withLock { $0.until = isOurs ? start + .seconds(seconds) : nil }
        if !isOurs { stopRequest() }
        return isOurs
    }

    /// Looks for the lease's end by itself, since a renewal may be long without an answer.
    private func watch() async {
        while let until = state.withLock({ $0.until }) {
            if until <= .now { stopRequest() }
            let next = max(until, .now + .seconds(seconds) / 10)
            guard (try? await Task.sleep(until: next, clock: .continuous)) != nil else { return }
        }
    }

    private func stopRequest() { state.withLock { $0.stop }?.stop() }
}
