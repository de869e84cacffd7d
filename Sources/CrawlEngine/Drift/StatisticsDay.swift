public import Foundation

/// Days, UTC, as statistics are kept by them.
public enum StatisticsDay {
    /// "2026-01-31".
    public static func name(of time: Date) -> String { time.formatted(.iso8601.year().month().day()) }

    /// How many days count.
    public static var count: Int { DriftWatch.days }

    /// The first day that counts at this time.
    public static func first(at now: Date) -> String { name(DriftWatch.days, before: now) }

    /// The first day that counts for kinds of pages of which few are read.
    static func firstOfScarce(at now: Date) -> String { name(DriftWatch.daysOfScarce, before: now) }

    private static func name(_ days: Int, before now: Date) -> String {
        name(of: now.addingTimeInterval(-Double(days) * 86_400))
    }

    /// How many days ago a day was; 0 for today and where it is no day.
    static func age(of day: String, at now: Date) -> Int {
        guard let date = try? Date(day, strategy: .iso8601.year().month().day()) else { return 0 }
        return max(0, Int(now.timeIntervalSince(date) / 86_400))
    }
}
