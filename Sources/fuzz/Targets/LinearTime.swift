import Foundation

/// Whether work takes time in the size of its input, not in a power of it.
enum LinearTime {
    private static let factor = 8
    /// Thread seconds below which nothing can be said.
    private static let shortest = 0.25
    /// How much worse than linear is still taken for noise.
    private static let tolerance = 6.0

    /// Runs the work on the input and on eight copies of it.
    static func check(_ input: [UInt8], _ work: ([UInt8]) -> Void) throws {
        guard input.count >= 64 else { return }
        let many = seconds { work(Array(repeatElement(input, count: factor).joined())) }
        guard many > shortest else { return }
        let one = seconds { work(input) }
        try require(
            many < one * Double(factor) * tolerance,
            "\(input.count) bytes take \(one) s, \(factor) times as many \(many) s")
    }

    private static func seconds(_ work: () -> Void) -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        let start = now()
        work()
        return now() - start
    }
}
