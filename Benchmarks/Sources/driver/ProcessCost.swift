import Foundation

/// What this process has used so far.
struct ProcessCost {
    /// Seconds of processor time, user and system.
    let cpu: Double
    let wall: ContinuousClock.Instant

    static var now: ProcessCost {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return ProcessCost(cpu: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9, wall: .now)
    }

    /// Resident memory in KiB.
    static var residentKiB: Int {
        let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }
}
