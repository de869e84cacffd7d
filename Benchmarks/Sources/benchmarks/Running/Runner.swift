import Foundation

/// Repeats rounds until the fastest is known, and says what it cost in CPU time of the whole process.
///
/// CPU seconds, not wall time: on a busy machine they change little. The fastest round is the one least disturbed.
struct Runner {
    /// Rounds at least, and CPU seconds spent at least, before it ends.
    var minimumRounds = 5
    var minimumSeconds = 1.5
    /// CPU seconds after which it ends in any case.
    var maximumSeconds = 20.0

    func measure(_ subject: Subject) async throws -> Measurement {
        var (best, spent, rounds, last) = (Double.infinity, 0.0, 0, Subject.Round())
        while rounds < minimumRounds || spent < minimumSeconds {
            let start = CPUTime.now
            last = try await subject.round()
            let seconds = CPUTime.now - start
            spent += seconds
            best = min(best, seconds)
            rounds += 1
            if spent > maximumSeconds { break }
        }
        return Measurement(subject: subject, round: last, seconds: best, rounds: rounds)
    }
}

/// User and system time of this process, all threads.
enum CPUTime {
    static var now: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    /// The most memory this process had, in MiB.
    static var peakMemory: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1_024
    }
}
