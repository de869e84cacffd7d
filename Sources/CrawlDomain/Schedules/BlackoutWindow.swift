/// Hours in which no run starts: `22:00-06:00 Sat,Sun`, `00:00-24:00 Mon-Fri`, `12:00-13:30`.
///
/// The days are those on which the window begins; without days it is every day. A window that ends before it begins ends on the next day.
public struct BlackoutWindow: Sendable, Hashable, CustomStringConvertible {
    /// As it was written.
    public let description: String
    /// Seconds since midnight, by the clock.
    private let start: Int64
    /// Seconds by the clock, at most a day.
    private let length: Int64
    /// One bit a day, the lowest is Sunday.
    private let weekdays: UInt8

    private static let day: Int64 = 86_400
    private static let names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

    /// Reads a window; nil for anything else.
    public init?(_ text: String) {
        let words = text.split(separator: " ")
        guard words.count == 1 || words.count == 2 else { return nil }
        let ends = words[0].split(separator: "-", omittingEmptySubsequences: false).map(Self.time)
        guard ends.count == 2, let first = ends[0], let last = ends[1], first < Self.day, first != last else {
            return nil
        }
        guard let weekdays = words.count == 2 ? Self.days(words[1]) : 0x7f else { return nil }
        description = text
        start = first
        length = last > first ? last - first : last + Self.day - first
        self.weekdays = weekdays
    }

    /// When the window that `time` is in ends; nil outside. Both are times of the wall clock, in seconds as if it showed UTC.
    func end(containing time: Int64) -> Int64? {
        let today = (time >= 0 ? time : time - Self.day + 1) / Self.day
        for day in [today - 1, today] {
            let begins = day * Self.day + start
            let weekday = ((day + 4) % 7 + 7) % 7
            if weekdays >> UInt8(weekday) & 1 == 1, begins <= time, time < begins + length { return begins + length }
        }
        return nil
    }

    private static func time(_ text: Substring) -> Int64? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let hour = Int64(parts[0]), let minute = Int64(parts[1]), minute < 60, hour * 60 + minute <= 24 * 60
        else { return nil }
        return hour * 3600 + minute * 60
    }

    private static func days(_ text: Substring) -> UInt8? {
        var days: UInt8 = 0
        for item in text.lowercased().split(separator: ",", omittingEmptySubsequences: false) {
            let ends = item.split(separator: "-", omittingEmptySubsequences: false).map {
                names.firstIndex(of: String($0))
            }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else { return nil }
            // Fri-Mon goes over the end of the week.
            for step in 0...(last - first + 7) % 7 { days |= 1 << UInt8((first + step) % 7) }
        }
        return days
    }
}
