import Synchronization

/// Bytes of raw pages that wait for their commit, of all workers of a run: what each may keep alone would be too much for all of them.
final class WaitingPages: Sendable {
    /// Bytes from which workers that hold a good part of them commit.
    private static let maximumBytes = 8 << 20
    /// Less than this is not worth a commit of its own.
    private static let smallestBatch = maximumBytes / 16

    private let bytes = Mutex(0)

    func add(_ count: Int) { bytes.withLock { $0 += count } }

    /// Counts bytes no more: they are stored, or given up.
    func remove(_ count: Int) { bytes.withLock { $0 -= count } }

    /// Whether a worker that holds this many of the bytes commits them now.
    func areTooMany(holding own: Int) -> Bool {
        own >= Self.smallestBatch && bytes.withLock { $0 > Self.maximumBytes }
    }
}
