import Dispatch
import Synchronization

/// A thread of its own for all that a task does while it waits for nothing, which gives way to those that somebody waits for.
///
/// Meant as a task's preference (`withTaskExecutorPreference`): actors without an executor of their own and functions of no actor run here
/// too, so that encoding, hashing and freeing, a few milliseconds each, keep no thread from answering that everybody's tasks share. What
/// takes seconds has ``LowPriorityThread``.
public final class LowPriorityExecutor: TaskExecutor {
    /// Follows changes and publishes versions.
    public static let writing = LowPriorityExecutor(named: "index write")
    /// Loads versions that were published.
    public static let reading = LowPriorityExecutor(named: "index read")

    private let jobs = Mutex<[UnownedJob]>([])
    private let waiting = DispatchSemaphore(value: 0)

    /// The thread is there for as long as the process, as the task that ends last may be any.
    private init(named name: String) {
        LowPriorityThread.start(.index, named: name) { self.run() }
    }

    /// Runs a job after those that came before.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        waiting.signal()
    }

    private func run() {
        while true {
            waiting.wait()
            // Few wait at a time: one task and what it has started.
            let job = jobs.withLock { $0.removeFirst() }
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}
