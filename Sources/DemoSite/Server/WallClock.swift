import Glibc

/// The time of day, in forms the server prints.
enum WallClock {
    /// Microseconds since 1970.
    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }

    /// "2026-01-15T10:20:30.123456Z".
    static func iso8601(_ microseconds: Int64) -> String {
        let (date, clock) = parts(microseconds)
        let fraction = String(Int(microseconds % 1_000_000) + 1_000_000).dropFirst()
        return "\(date.year)-\(twoDigits(date.month))-\(twoDigits(date.day))T\(clock).\(fraction)Z"
    }

    /// "Thu, 15 Jan 2026 10:20:30 GMT" (RFC 9110, section 5.6.7).
    static func httpDate(_ microseconds: Int64) -> String {
        let (date, clock) = parts(microseconds)
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let weekday = days[CivilDate(dayNumber: Int(microseconds / 86_400_000_000)).weekday]
        return "\(weekday), \(twoDigits(date.day)) \(CivilDate.monthNames[date.month - 1]) \(date.year) \(clock) GMT"
    }

    private static func parts(_ microseconds: Int64) -> (date: (year: Int, month: Int, day: Int), clock: String) {
        let seconds = Int(microseconds / 1_000_000)
        let ofDay = seconds % 86_400
        let clock = "\(twoDigits(ofDay / 3600)):\(twoDigits(ofDay / 60 % 60)):\(twoDigits(ofDay % 60))"
        return (CivilDate(dayNumber: seconds / 86_400).parts, clock)
    }
}
