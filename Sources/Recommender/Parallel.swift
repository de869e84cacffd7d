import Glibc
import Synchronization

/// Calls `body` once for each thread with a source of the numbers 0 ..< `count`, each of which it hands out once.
///
/// Which thread gets which number is not determined, so what is done for a number must not depend on any other. The threads are new ones,
/// which have the priority of the caller's.
func forEachParallel(
    count: Int, threads: Int, _ body: @escaping @Sendable (_ next: () -> Int?) -> Void
) {
    let counter = Counter()
    let work: @Sendable () -> Void = {
        body {
            let number = counter.next()
            return number < count ? number : nil
        }
    }
    // What no thread is there for, the caller does.
    let others = (1..<max(1, min(threads, count))).compactMap { _ in startThread(work) }
    work()
    for thread in others { pthread_join(thread, nil) }
}

/// A thread that does one thing; nil where the system has none left.
private func startThread(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
    let task = Unmanaged.passRetained(ThreadTask(body))
    var thread = pthread_t()
    let code = pthread_create(
        &thread, nil,
        { context in
            if let context { Unmanaged<ThreadTask>.fromOpaque(context).takeRetainedValue().body() }
            return nil
        }, task.toOpaque())
    guard code == 0 else {
        task.release()
        return nil
    }
    return thread
}

private final class ThreadTask: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    func next() -> Int { value.wrappingAdd(1, ordering: .relaxed).oldValue }
}
