/// Dates in HTTP headers.
///
/// Source: RFC 9110, section 5.6.7.
public enum HTTPDate {
    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Reads the three forms of the standard, and what servers send instead: parts in another order, other time zones, names of
    /// weekdays that do not fit, years of two digits (71 to 99 are 19xx, others 20xx).
    ///
    /// - Returns: Seconds since 1970; nil for a text that is no date.
    public static func parse(_ text: String) -> Int64? {
        var reader = HTTPDateReader()
        return reader.read(Array(text.utf8))
    }

    /// The preferred form, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    ///
    /// - Parameter seconds: Seconds since 1970, within the years 0 to 9999.
    public static func format(_ seconds: Int64) -> String {
        let time = CivilTime(secondsSinceEpoch: seconds)
        let (date, second) = (time.date, time.secondOfDay)
        let clock = [second / 3600, second / 60 % 60, second % 60].map { W3CDateTime.padded($0, 2) }.joined(
            separator: ":")
        let year = W3CDateTime.padded(date.year, 4)
        return
            "\(weekdays[date.weekday]), \(W3CDateTime.padded(date.day, 2)) \(months[date.month - 1]) \(year) \(clock) GMT"
    }
}
