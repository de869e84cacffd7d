import Dispatch
import Synchronization

/// A thread of its own for all that a task does while it waits for nothing.
///
/// Meant as a task's preference (`withTaskExecutorPreference`): actors without an executor of their own and functions of no actor run here
/// too, so that folding, compressing and freeing, some milliseconds each, keep none of the few threads from answering that everybody's tasks
/// share. Its priority is the usual one: a thread that gives way hands that on to threads that are made while it runs, and a connection's
/// or a pool's may be among them. What takes long has a ``LowPriorityThread``, which makes none but those that compute with it.
public final class OwnThreadExecutor: TaskExecutor {
    /// Follows changes and publishes versions.
    public static let writing = OwnThreadExecutor(named: "index write")
    /// Loads versions that were published.
    public static let reading = OwnThreadExecutor(named: "index read")

    private let jobs = Mutex<[UnownedJob]>([])
    private let waiting = DispatchSemaphore(value: 0)

    /// The thread is there for as long as the process, as the task that ends last may be any.
    private init(named name: String) {
        LowPriorityThread.start(.none, named: name) { self.run() }
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
