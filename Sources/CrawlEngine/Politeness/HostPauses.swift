import Synchronization

/// Until when this process leaves hosts alone, by a clock that nobody can set: a host that is given back for a long wait and taken up again
/// by the same process keeps its gap whatever became of the time of day meanwhile.
final class HostPauses: Sendable {
    private let pauses = Mutex<[String: HostSchedule.Instant]>([:])

    /// Takes note of when a host may be asked again.
    func note(_ host: String, until: HostSchedule.Instant) {
        pauses.withLock { pauses in
            // What has passed says nothing any more.
            if pauses.count >= 10_000 { pauses = pauses.filter { $0.value > .now } }
            pauses[host] = until
        }
    }

    /// When a host may be asked again; nil when this process knows nothing of it.
    func until(_ host: String) -> HostSchedule.Instant? { pauses.withLock { $0[host] } }
}
