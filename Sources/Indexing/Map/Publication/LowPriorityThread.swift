import Foundation
import Glibc
import Synchronization

/// Computes on a thread of its own that gives way to all others: what takes seconds and nobody waits for.
enum LowPriorityThread {
    /// How much it gives way, of 19.
    private static let niceness: Int32 = 15

    /// Whether the work is still wanted.
    final class Demand: Sendable {
        private let isCancelled = Atomic(false)
        var lasts: Bool { !isCancelled.load(ordering: .relaxed) }
        fileprivate func end() { isCancelled.store(true, ordering: .relaxed) }
    }

    /// - Parameters:
    ///   - givesWay: False where somebody waits for it after all.
    ///   - work: Asks from time to time whether it is still wanted, and may return anything when it is not.
    /// - Returns: What the work made, and the processor seconds it took.
    static func run<Value: Sendable>(givesWay: Bool = true, _ work: @escaping @Sendable (Demand) -> Value) async -> (
        value: Value, seconds: Double
    ) {
        let demand = Demand()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                Thread.detachNewThread {
                    // Linux counts it for the thread alone.
                    if givesWay { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness) }
                    let start = seconds
                    let value = work(demand)
                    continuation.resume(returning: (value, seconds - start))
                }
            }
        } onCancel: {
            demand.end()
        }
    }

    private static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
