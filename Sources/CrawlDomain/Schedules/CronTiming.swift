public import WebStandards

/// A cron expression in a time zone, and what becomes of its times when the clocks change.
public struct CronTiming: Sendable, Hashable {
    /// What becomes of times of day that the clocks skip or repeat.
    public enum ClockChanges: String, Sendable, Hashable, CaseIterable {
        /// A skipped time fires as soon as the clocks have skipped it, a repeated one the first time only. Holds for expressions
        /// that name times of day; those with a star for minute or hour go by the clock (cron(8)).
        case adjust
        /// A skipped time does not fire, a repeated one fires twice.
        case literal
    }

    /// The fields as written, without a zone.
    public let fields: String
    /// The zone's name.
    public let zoneName: String
    let zone: CronTimeZone
    private let clockChanges: ClockChanges
    private let expression: CronExpression
    /// The same fields on a clock that never changes.
    private let wallClock: CronExpression

    /// Clocks that jump further than this are not taken for daylight saving.
    private static let longestFall: Int64 = 3 * 3600

    /// Reads an expression; a zone in front of it (`TZ=`, `CRON_TZ=`) wins over `zone`.
    ///
    /// - Throws: `SyntaxError` for a field or a zone that does not fit.
    public init(_ text: String, zone: String = "UTC", clockChanges: ClockChanges = .adjust) throws(SyntaxError) {
        let (named, fields) = Self.split(text)
        expression = try CronExpression(fields, timeZone: named ?? zone)
        wallClock = try CronExpression(fields, timeZone: "UTC")
        guard let known = CronTimeZone(named ?? zone) else {
            throw SyntaxError(.invalidField, offset: 0, expected: "a time zone such as Asia/Tokyo or +09:00")
        }
        self.fields = fields
        self.zone = known
        zoneName = named ?? zone
        self.clockChanges = clockChanges
    }

    /// What decides its times besides fields.
    var identity: String { "\(zoneName) \(clockChanges.rawValue)" }

    /// The zone in front of an expression, and the rest.
    public static func split(_ text: String) -> (zone: String?, fields: String) {
        let words = text.split(separator: " ", maxSplits: 1)
        guard words.count == 2 else { return (nil, text) }
        for prefix in ["TZ=", "CRON_TZ="] where words[0].hasPrefix(prefix) {
            return (String(words[0].dropFirst(prefix.count)), String(words[1]))
        }
        return (nil, text)
    }

    /// The first time after `seconds`, both in seconds since 1970; nil when there is none within ten years.
    func next(after seconds: Int64) -> Int64? {
        guard clockChanges == .adjust, expression.hasFixedTimes else { return expression.next(after: seconds) }
        var cursor = seconds
        while let literal = expression.next(after: cursor) {
            if let caught = skippedTime(after: cursor, until: literal) { return caught }
            if !isRepeated(literal) { return literal }
            cursor = literal
        }
        return nil
    }

    /// When the clocks first skip a time that fits.
    private func skippedTime(after seconds: Int64, until end: Int64) -> Int64? {
        var time = seconds
        while let change = zone.nextTransition(after: time), change <= end {
            let (old, new) = (zone.offset(at: change - 1), zone.offset(at: change))
            if new > old, let missed = wallClock.next(after: change + old - 1), missed < change + new { return change }
            time = change
        }
        return nil
    }

    /// Whether the clocks have shown this time before.
    private func isRepeated(_ seconds: Int64) -> Bool {
        var time = seconds - Self.longestFall
        while let change = zone.nextTransition(after: time), change <= seconds {
            let fall = zone.offset(at: change - 1) - zone.offset(at: change)
            if fall > 0, fall <= Self.longestFall, seconds < change + fall { return true }
            time = change
        }
        return false
    }
}
