import Dispatch
import Synchronization

/// Calls `body` once for each thread with a source of the numbers 0 ..< `count`, each of which it hands out once.
///
/// Which thread gets which number is not determined, so what is done for a number must not depend on any other.
func forEachParallel(
    count: Int, threads: Int, _ body: @escaping @Sendable (_ next: () -> Int?) -> Void
) {
    let counter = Counter()
    let threadCount = max(1, min(threads, count))
    let work: @Sendable (Int) -> Void = { _ in
        body {
            let number = counter.next()
            return number < count ? number : nil
        }
    }
    if threadCount == 1 { return work(0) }
    DispatchQueue.concurrentPerform(iterations: threadCount, execute: work)
}

private final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    func next() -> Int { value.wrappingAdd(1, ordering: .relaxed).oldValue }
}
