import Glibc

/// A barrier that opens each time so many threads have come.
///
/// `@unchecked Sendable`: all state is touched with `mutex` held.
final class Meeting: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var present = 0
    private var round = 0
    private var most = 0

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    var largest: Int {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return most
    }

    func join(_ count: Int) {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        present += 1
        most = max(most, present)
        if present >= count {
            present = 0
            round += 1
            pthread_cond_broadcast(condition)
        } else {
            let mine = round
            while round == mine { pthread_cond_wait(condition, mutex) }
        }
    }
}
