import Foundation
import Glibc
import Logging
import ServiceLifecycle

/// Ends the process when parts do not end in time after all: arithmetic that does not ask, a database that does not answer.
///
/// Nothing is lost by it: whatever is written is written so that it may be broken off at any time.
struct EndingService: Service {
    /// How long parts have to end by themselves; then they are cancelled.
    static let time: Duration = .seconds(10)
    /// How long those have that were cancelled.
    private static let rest: TimeInterval = 1

    let log: Logger

    func run() async throws {
        // Throws when another part failed, and all end with it.
        let isTold = (try? await gracefulShutdown()) != nil
        let seconds = (isTold ? TimeInterval(Self.time.components.seconds) : 0) + Self.rest
        let log = log
        // Not a task: the threads that those share may be what is held up.
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: seconds)
            log.warning("parts that had not ended in time were broken off")
            _exit(isTold ? 0 : 1)
        }
    }
}
