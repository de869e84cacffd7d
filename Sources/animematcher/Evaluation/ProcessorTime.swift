import Glibc

/// How much processor time work takes, over all threads.
enum ProcessorTime {
    /// Runs work; its result and its seconds.
    static func of<Result>(_ work: () throws -> Result) rethrows -> (Result, seconds: Double) {
        let start = now
        let result = try work()
        return (result, now - start)
    }

    private static var now: Double { Double(clock()) / 1_000_000 }
}
