import CScheduling
import Foundation
import Glibc
import Synchronization

/// Computes on a thread of its own that gives way to those that somebody waits for: a version that is a little later is noticed by nobody, an
/// answer is.
enum LowPriorityThread {
    /// How much a thread gives way, of 19; at 0 it does not.
    enum Niceness: Int32 {
        case none = 0
        /// A tenth of the time where there is not enough for it and the others.
        case index = 10
        case map = 15
    }

    /// Whether the work is still wanted.
    final class Demand: Sendable {
        private let isCancelled = Atomic(false)
        var lasts: Bool { !isCancelled.load(ordering: .relaxed) }
        fileprivate func end() { isCancelled.store(true, ordering: .relaxed) }
    }

    /// - Parameters:
    ///   - name: What it is called where threads are listed (`top -H`): up to 15 bytes. Threads that it starts have the same name.
    ///   - work: Asks from time to time whether it is still wanted, and may return anything when it is not.
    /// - Returns: What the work made, and the processor seconds it took.
    static func run<Value: Sendable>(
        _ niceness: Niceness, named name: String, _ work: @escaping @Sendable (Demand) -> Value
    ) async -> (value: Value, seconds: Double) {
        let demand = Demand()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                start(niceness, named: name) {
                    let start = seconds
                    let value = work(demand)
                    continuation.resume(returning: (value, seconds - start))
                }
            }
        } onCancel: {
            demand.end()
        }
    }

    /// The same for work that may fail, and is done to its end.
    static func run<Value: Sendable>(
        _ niceness: Niceness, named name: String, _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await run(niceness, named: name) { _ in Result { try work() } }.value.get()
    }

    /// Starts a thread; those of a pool would stay as they are made here, as priority can be lowered and not raised again.
    static func start(_ niceness: Niceness, named name: String, _ work: @escaping @Sendable () -> Void) {
        let thread = Thread {
            // On Linux priority and name are of this thread, and of those that it starts.
            _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness.rawValue)
            // Foundation's setter of a name does nothing as long as the starting thread has not noted which one it started.
            scheduling_name_thread(name)
            work()
        }
        thread.stackSize = 8 << 20
        thread.start()
    }

    private static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
