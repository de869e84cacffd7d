/// The hours of the day, in UTC, in which a site wants to be visited: `Visit-time: 0600-0845`.
public struct RobotsVisitTime: Sendable, Hashable {
    /// The first minute of the day, 0 to 1439.
    public let startMinute: Int

    /// The last minute of the day, 0 to 1439; less than the start when the time goes over midnight.
    public let endMinute: Int

    /// Whether a moment, in seconds since 1970, lies within the hours.
    public func contains(epochSeconds: Int64) -> Bool {
        let second = epochSeconds % 86400
        let minute = Int(second < 0 ? second + 86400 : second) / 60
        return startMinute <= endMinute
            ? (startMinute...endMinute).contains(minute)
            : minute >= startMinute || minute <= endMinute
    }

    /// How long after a moment, in seconds since 1970, the hours begin; 0 within them.
    public func secondsUntilOpening(at epochSeconds: Int64) -> Int64 {
        guard !contains(epochSeconds: epochSeconds) else { return 0 }
        let second = epochSeconds % 86400
        let sinceMidnight = second < 0 ? second + 86400 : second
        let wait = Int64(startMinute) * 60 - sinceMidnight
        return wait < 0 ? wait + 86400 : wait
    }

    /// Reads `HHMM-HHMM` or `HH:MM-HH:MM`.
    init?(_ text: ArraySlice<UInt8>) {
        let ends = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).map(Self.minute)
        guard ends.count == 2, let start = ends[0], let end = ends[1] else { return nil }
        startMinute = start
        endMinute = end
    }

    private static func minute(_ text: ArraySlice<UInt8>) -> Int? {
        let digits = text.filter { $0 != UInt8(ascii: ":") && $0 != 0x20 }
        guard digits.count == 4, digits.allSatisfy(\.isASCIIDigit), let value = DecimalDigits.value(digits[...]) else {
            return nil
        }
        let (hour, minute) = (value / 100, value % 100)
        guard hour < 24, minute < 60 else { return hour == 24 && minute == 0 ? 1439 : nil }
        return hour * 60 + minute
    }
}

extension RobotsVisitTime: CustomStringConvertible {
    /// As in robots.txt: `0600-0845`.
    public var description: String {
        [startMinute, endMinute].map { minute in
            let text = String(minute / 60 * 100 + minute % 60)
            return String(repeating: "0", count: 4 - text.count) + text
        }.joined(separator: "-")
    }
}
