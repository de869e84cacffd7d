import Foundation
import WebStandards

/// A day as people write it in files: "2026-01-31".
public struct CalendarDay: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let description: String
    private let days: Int64

    /// Reads a day of the calendar; nil for anything else.
    public init?(_ text: String) {
        guard text.utf8.count == 10, let seconds = W3CDateTime.parse(text) else { return nil }
        description = text
        days = seconds / 86_400
    }

    /// Whether the day has begun nowhere on earth yet.
    func isFuture(at now: Date) -> Bool { days * 86_400 > now.seconds + 14 * 3_600 }

    public static func < (left: Self, right: Self) -> Bool { left.days < right.days }
}

extension YAMLNode {
    /// A day of the calendar; `meaning` is said where it is none.
    func day(_ meaning: String) -> CalendarDay? {
        guard let text = string() else { return nil }
        return CalendarDay(text) ?? refuse("expected \(meaning), like \"2026-01-31\", found '\(text.prefix(40))'")
    }
}
