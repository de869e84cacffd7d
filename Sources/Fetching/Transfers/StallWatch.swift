import Synchronization

/// Notices when libcurl does not come back, and cuts the connections that may be the reason.
///
/// libcurl 7.88 reads an HTTP/2 connection until nothing more is there; a host that sends frames of no use faster than they
/// are read would hold the fetcher's thread for ever, past every time-out, and with it the transfers of all other hosts.
final class StallWatch: Sendable {
    /// No call takes so long that only moves data which is there.
    private static let longest: Duration = .seconds(2)

    private let sockets: OpenSockets
    private let busySince = Mutex<ContinuousClock.Instant?>(nil)

    init(sockets: OpenSockets) {
        self.sockets = sockets
    }

    /// Runs a call of libcurl's that must come back.
    func time<Result>(_ call: () -> Result) -> Result {
        busySince.withLock { $0 = .now }
        defer { busySince.withLock { $0 = nil } }
        return call()
    }

    /// Watches until the task is cancelled.
    func run() async {
        while (try? await Task.sleep(for: Self.longest / 4)) != nil {
            guard let since = busySince.withLock({ $0 }), since.duration(to: .now) > Self.longest else { continue }
            sockets.cutMultiplexed()
        }
    }
}
