import Synchronization

/// Bytes of raw pages that wait for their commit, of all workers of a run: what each may keep alone would be too much for all of them.
final class WaitingPages: Sendable {
    /// Bytes from which workers that hold their part of them commit. What was read of the pages takes as much memory again.
    private static let maximumBytes = 3 << 20
    /// Less than this is not worth a commit of its own.
    private static let smallestBatch = maximumBytes / 16

    private let bytes = Mutex(0)

    func add(_ count: Int) { bytes.withLock { $0 += count } }

    /// Counts bytes no more: they are stored, or given up.
    func remove(_ count: Int) { bytes.withLock { $0 -= count } }

    /// Whether one of `workers`, that holds this many of the bytes, commits them now: one that holds less than the others leaves it to
    /// them, so that commits are few and large.
    func areTooMany(holding own: Int, workers: Int) -> Bool {
        let all = bytes.withLock(\.self)
        return all > Self.maximumBytes && own >= max(Self.smallestBatch, all / max(1, workers))
    }
}
