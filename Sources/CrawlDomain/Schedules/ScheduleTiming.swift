/// When a schedule fires.
public enum ScheduleTiming: Sendable, Hashable, CustomStringConvertible {
    /// By the calendar.
    case cron(CronTiming)
    /// At `from`, and every so many seconds before and after it: whoever computes the times gets the same ones.
    case every(seconds: Int64, from: Int64)

    /// The first time after `seconds`, both in seconds since 1970; nil when there is none within ten years.
    func next(after seconds: Int64) -> Int64? {
        switch self {
        case .cron(let cron): return cron.next(after: seconds)
        case .every(let interval, let from):
            let past = seconds - from
            let steps = past >= 0 ? past / interval : (past - interval + 1) / interval
            return from + (steps + 1) * interval
        }
    }

    /// "30 4 * * *", "every 6h".
    public var description: String {
        switch self {
        case .cron(let cron): cron.fields
        case .every(let seconds, _): "every \(Self.text(of: seconds))"
        }
    }

    private static func text(of seconds: Int64) -> String {
        let units: [(Int64, String)] = [(604_800, "w"), (86_400, "d"), (3_600, "h"), (60, "m")]
        for (length, name) in units where seconds % length == 0 { return "\(seconds / length)\(name)" }
        return "\(seconds)s"
    }
}
