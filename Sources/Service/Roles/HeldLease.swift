import Storage
import Synchronization

/// A lease that is renewed by one task while another watches its end, so that a renewal without an answer delays nothing.
final class HeldLease: Sendable {
    private let election: Mutex<Election>
    private let lost: AsyncStream<Void>
    private let isLost: AsyncStream<Void>.Continuation

    /// - Parameter election: Of one that leads.
    init(_ election: Election) {
        self.election = Mutex(election)
        (lost, isLost) = AsyncStream.makeStream()
    }

    /// Renews it until it is lost or the task is cancelled.
    func renew(_ leadership: Leadership, in leases: any LeaseStore) async {
        defer { isLost.finish() }
        while !Task.isCancelled {
            let start = ContinuousClock.now
            switch election.withLock({ $0.decide(start) }) {
            case .wait(let time): try? await Task.sleep(for: time)
            case .stop, .ask: return
            case .renew:
                let isHeld = try? await leases.renew(leadership)
                election.withLock { $0.renewed(at: start, isHeld: isHeld) }
            }
        }
    }

    /// Waits until it must be taken for lost; or until the task is cancelled.
    func ends() async {
        await withTaskGroup { group in
            group.addTask { for await _ in self.lost {} }
            group.addTask {
                // It may have been renewed while this slept.
                while !Task.isCancelled, let end = self.election.withLock(\.end), .now < end {
                    try? await Task.sleep(until: end)
                }
            }
            await group.next()
            group.cancelAll()
        }
    }
}
