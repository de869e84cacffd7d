/// How many requests a site accepts in which time: `Request-rate: 1/10s 1820-1940`.
public struct RobotsRequestRate: Sendable, Hashable {
    /// The number of requests, at least 1.
    public let requests: Int

    /// The time in which they may be made.
    public let period: Duration

    /// When the limit holds; nil for always.
    public let hours: RobotsVisitTime?

    /// The time between two requests that keeps the limit, at most ``RobotsRules/maximumDelay``.
    public var delay: Duration { min(period / requests, RobotsRules.maximumDelay) }

    /// Reads `requests/period`, the period in seconds or with a unit `s`, `m`, `h` or `d`, and perhaps hours of the day.
    init?(_ text: ArraySlice<UInt8>) {
        let words = text.split { $0 == 0x20 || $0 == 0x09 }
        guard let rate = words.first, words.count <= 2 else { return nil }
        let parts = rate.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 2, let requests = Self.number(parts[0]), requests > 0, let period = Self.period(parts[1])
        else { return nil }
        self.requests = requests
        self.period = period
        hours = words.count == 2 ? RobotsVisitTime(words[1]) : nil
    }

    private static func period(_ text: ArraySlice<UInt8>) -> Duration? {
        guard let last = text.last else { return nil }
        if last.isASCIIDigit { return number(text).map { .seconds($0) } }
        guard let count = number(text.dropLast()) else { return nil }
        switch last | 0x20 {
        case UInt8(ascii: "s"): return .seconds(count)
        case UInt8(ascii: "m"): return .seconds(count * 60)
        case UInt8(ascii: "h"): return .seconds(count * 3600)
        case UInt8(ascii: "d"): return .seconds(count * 86400)
        default: return nil
        }
    }

    private static func number(_ text: ArraySlice<UInt8>) -> Int? {
        guard !text.isEmpty, text.allSatisfy(\.isASCIIDigit) else { return nil }
        return DecimalDigits.value(text)
    }
}
