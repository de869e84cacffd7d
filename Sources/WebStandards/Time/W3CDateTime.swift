/// Dates as sitemaps and feeds write them: `2026`, `2026-03`, `2026-03-09`, `2026-03-09T10:30Z`, `2026-03-09T10:30:15.25+02:00`.
///
/// Source: W3C Note "Date and Time Formats"; RFC 3339.
public enum W3CDateTime {
    /// The moment in seconds since 1970, parts left out being the first possible and a missing zone UTC; nil for anything else.
    public static func parse(_ text: String) -> Int64? {
        var reader = DigitReader(text)
        guard let date = readDate(&reader) else { return nil }
        var seconds = Int64(date.daysSinceEpoch) * 86_400
        if reader.isAtEnd { return seconds }
        guard reader.skip("T") || reader.skip("t") || reader.skip(" "), let time = readTime(&reader) else { return nil }
        seconds += Int64(time)
        if reader.isAtEnd { return seconds }
        guard let offset = readOffset(&reader), reader.isAtEnd else { return nil }
        return seconds - Int64(offset)
    }

    /// The form `2026-03-09T10:30:15Z` of a moment in seconds since 1970.
    public static func format(_ seconds: Int64) -> String {
        let time = CivilTime(secondsSinceEpoch: seconds)
        let (hour, minute, second) = (time.secondOfDay / 3600, time.secondOfDay / 60 % 60, time.secondOfDay % 60)
        let day = "\(padded(time.date.year, 4))-\(padded(time.date.month, 2))-\(padded(time.date.day, 2))"
        return "\(day)T\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))Z"
    }

    static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func readDate(_ reader: inout DigitReader) -> CivilDate? {
        guard let year = reader.number(digits: 4) else { return nil }
        var date = CivilDate(year: year, month: 1, day: 1)
        guard reader.skip("-") else { return date }
        guard let month = reader.number(digits: 2), (1...12).contains(month) else { return nil }
        date.month = month
        guard reader.skip("-") else { return date }
        guard let day = reader.number(digits: 2), day >= 1, day <= date.daysInMonth else { return nil }
        date.day = day
        return date
    }

    private static func readTime(_ reader: inout DigitReader) -> Int? {
        guard let hour = reader.number(digits: 2), hour < 24, reader.skip(":"), let minute = reader.number(digits: 2),
            minute < 60
        else { return nil }
        guard reader.skip(":") else { return hour * 3600 + minute * 60 }
        guard let second = reader.number(digits: 2), second <= 60 else { return nil }
        if reader.skip(".") || reader.skip(",") {
            guard reader.skipDigits() > 0 else { return nil }
        }
        return hour * 3600 + minute * 60 + second
    }

    private static func readOffset(_ reader: inout DigitReader) -> Int? {
        if reader.skip("Z") || reader.skip("z") { return 0 }
        let isEast = reader.skip("+")
        guard isEast || reader.skip("-"), let hours = reader.number(digits: 2), hours < 24 else { return nil }
        _ = reader.skip(":")
        guard let minutes = reader.number(digits: 2), minutes < 60 else { return nil }
        return (isEast ? 1 : -1) * (hours * 3600 + minutes * 60)
    }
}

/// Reads fixed-width numbers of ASCII digits.
struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        var trimmed = Substring(text).utf8
        while let first = trimmed.first, first <= 0x20 { trimmed.removeFirst() }
        while let last = trimmed.last, last <= 0x20 { trimmed.removeLast() }
        rest = trimmed
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard let first = rest.first, UInt32(first) == character.value else { return false }
        rest.removeFirst()
        return true
    }

    mutating func skipDigits() -> Int {
        let count = rest.prefix(while: \.isASCIIDigit).count
        rest.removeFirst(count)
        return count
    }

    /// The value of exactly so many digits, which are removed.
    mutating func number(digits: Int) -> Int? {
        let head = rest.prefix(digits)
        guard head.count == digits, head.allSatisfy(\.isASCIIDigit) else { return nil }
        rest.removeFirst(digits)
        return head.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}
