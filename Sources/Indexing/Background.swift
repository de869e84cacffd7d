import Foundation

/// Computes on a thread of its own that comes after those that somebody waits for: a version that is a little later is noticed by nobody, an
/// answer is.
enum Background {
    /// Against the usual 0, a tenth of the time where there is not enough for both.
    private static let niceness: Int32 = 10

    static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            // Threads of a pool would stay as they are made here: priority can be lowered, and not raised again.
            let thread = Thread {
                // On Linux that is of this thread, and of those that it starts.
                _ = setpriority(Int32(PRIO_PROCESS.rawValue), 0, niceness)
                continuation.resume(with: Result { try body() })
            }
            thread.name = "index"
            thread.stackSize = 8 << 20
            thread.start()
        }
    }
}
