import Synchronization

/// How many items one run may still delete: a site that says of everything that it is gone is ill.
public final class DeletionBudget: Sendable {
    private let left: Mutex<Int>

    /// - Parameter limit: Items of one run.
    public init(limit: Int = 50) { left = Mutex(limit) }

    /// How many may still go.
    var remaining: Int { left.withLock { $0 } }

    /// Counts deletions that are durable.
    func spend(_ count: Int) { left.withLock { $0 -= count } }
}
