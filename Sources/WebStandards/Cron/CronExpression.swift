/// When to do something again and again: `30 4 * * 1-5`, `@daily`, `TZ=Asia/Tokyo 0 6,18 * * *`.
///
/// Five fields: minute, hour, day of the month, month, day of the week; or six with seconds in front. `*` or `?` is every value, `a-b` a
/// range, `/n` every n-th, `,` separates several. Months and days of the week also have names, and 7 is Sunday. When both days
/// are restricted either may match, as in crontab(5).
///
/// A time that the clocks skip in spring does not fire; one that they repeat in autumn fires twice.
public struct CronExpression: Sendable, Hashable, CustomStringConvertible {
    /// The text it was read from.
    public let description: String

    /// Whether it names times of day, rather than "every hour" or "every so many minutes": neither its minute nor its hour starts with
    /// `*`. Only such times are expected to be put right when clocks change (cron(8)).
    public var hasFixedTimes: Bool { schedule.hasFixedTimes }

    private let schedule: CronSchedule
    private let zone: CronTimeZone

    /// Searching ends here: 29 February can be eight years away.
    private static let horizon: Int64 = 10 * 366 * 86_400

    /// Reads an expression.
    ///
    /// - Parameters:
    ///   - text: The fields, a name such as `@weekly`, and perhaps `TZ=` or `CRON_TZ=` with a zone in front.
    ///   - timeZone: The zone of an expression that names none: an IANA name, or an offset such as `+05:30`.
    /// - Throws: ``SyntaxError`` with the offset of the field that does not fit.
    public init(_ text: String, timeZone: String = "UTC") throws(SyntaxError) {
        description = text
        var fields = CronField.split(text)
        var zoneName = timeZone
        if let first = fields.first, let named = first.zoneName {
            zoneName = named
            fields.removeFirst()
        }
        guard let zone = CronTimeZone(zoneName) else {
            throw SyntaxError(.invalidField, offset: 0, expected: "a time zone such as Asia/Tokyo or +09:00")
        }
        self.zone = zone
        schedule = try CronSchedule(fields, end: text.utf8.count)
    }

    /// The first time after `seconds` that fits, both in seconds since 1970; nil when there is none within ten years, as for
    /// 30 February.
    public func next(after seconds: Int64) -> Int64? {
        var start = seconds + 1
        let horizon = seconds + Self.horizon
        while start < horizon {
            let offset = zone.offset(at: start)
            let end = min(zone.nextTransition(after: start) ?? horizon, horizon)
            if let found = schedule.first(from: start + offset, before: end + offset) { return found - offset }
            start = end
        }
        return nil
    }

    /// Whether `seconds` since 1970 is a time that fits.
    public func fires(at seconds: Int64) -> Bool {
        next(after: seconds - 1) == seconds
    }

    /// The offset from UTC of the expression's zone at a time, in seconds.
    public func offset(at seconds: Int64) -> Int64 { zone.offset(at: seconds) }
}
