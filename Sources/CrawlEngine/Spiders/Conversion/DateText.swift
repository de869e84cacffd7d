import WebStandards

/// Dates as sites write them, as ISO 8601 of the same precision: `Apr 3, 1998` is 1998-04-03, `Apr 1998` is 1998-04, `1998` is 1998.
enum DateText {
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// One date; a time of day behind it is ignored. Of a day that its month does not have, the month is believed.
    static func date(_ text: String) -> String? {
        if let parts = Self.numbered?.firstMatch(in: text), let year = parts[1],
            let month = parts[2].flatMap({ Int($0) }),
            (1...12).contains(month)
        {
            return format(year, month, parts[3].flatMap { Int($0) })
        }
        for (pattern, day, name) in [(Self.dayFirst, 1, 2), (Self.named, 2, 1)] {
            // A word before a year may be a season, or say what the number counts.
            for parts in pattern?.matches(in: text) ?? [] {
                guard let month = parts[name].flatMap(month), let year = parts[3] else { continue }
                return format(year, month, parts[day].flatMap { Int($0) })
            }
        }
        return Self.year?.firstMatch(in: text)?[1]
    }

    /// The date of an object with `year`, `month` and `day`, of which the last may be missing, null or 0.
    static func date(parts: JSONValue) -> String? {
        func part(_ name: String, in range: ClosedRange<Int64>) -> Int64? {
            parts[name].flatMap(NumberText.int).flatMap { range.contains($0) ? $0 : nil }
        }
        guard let year = part("year", in: 1_000...9_999) else { return nil }
        guard let month = part("month", in: 1...12) else { return String(year) }
        return format(String(year), Int(month), part("day", in: 1...31).map(Int.init))
    }

    /// A period: an object of `from`, `to` and `text`; nil when the text names no date.
    static func period(_ text: String) -> JSONValue? {
        let parts = Self.between?.firstMatch(in: text).map { [$0[1], $0[2]].map { $0 ?? "" } } ?? [text]
        let dates = parts.map(date)
        guard dates.contains(where: { $0 != nil }) else { return nil }
        func value(_ index: Int) -> JSONValue {
            dates.indices.contains(index) ? dates[index].map(JSONValue.string) ?? .null : .null
        }
        return ["from": value(0), "to": value(1), "text": .string(text)]
    }

    /// Seconds since 1970 as a date and time in UTC; 0 means unknown.
    static func timestamp(_ seconds: Int64) -> String? {
        guard seconds > 0, seconds < 253_402_300_800 else { return nil }
        let (days, rest) = (seconds / 86_400, seconds % 86_400)
        let (year, month, day) = civil(days)
        return "\(format(String(year), month, day))T\(two(rest / 3_600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
    }

    static func format(_ year: String, _ month: Int, _ day: Int?) -> String {
        guard let day, (1...days(in: month, of: Int(year) ?? 0)).contains(day) else {
            return "\(year)-\(two(Int64(month)))"
        }
        return "\(year)-\(two(Int64(month)))-\(two(Int64(day)))"
    }

    private static func days(in month: Int, of year: Int) -> Int {
        if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
        return [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : String(number) }

    private static func month(_ name: String) -> Int? {
        months.firstIndex(of: String(name.lowercased().prefix(3))).map { $0 + 1 }
    }

    /// The date of a day counted from 1970-01-01.
    ///
    /// Source: Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
    private static func civil(_ days: Int64) -> (year: Int64, month: Int, day: Int) {
        let shifted = days + 719_468
        let (era, dayOfEra) = (shifted / 146_097, shifted % 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), Int(month), Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
        )
    }

    /// `2009-04-05`, `2009/04/05`, `2009-04`.
    private static let numbered = try? Pattern(#"\b(\d{4})[-/](\d{2})(?:[-/](\d{2}))?(?:T|\b)"#)
    /// `5 Apr 2009`, `24th of May, 2009`.
    private static let dayFirst = try? Pattern(
        #"\b(\d{1,2})(?:st|nd|rd|th)?(?: of)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})\b"#)
    /// `Apr 5, 2009`, `Apr 2009`.
    private static let named = try? Pattern(
        #"\b([A-Za-z]{3,9})\.?,?\s+(?:(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+))?(\d{4})\b"#)
    private static let year = try? Pattern(#"\b(\d{4})\b"#)
    /// What stands on both sides of a period's middle.
    private static let between = try? Pattern(#"(?s)^(.*?) (?:to|-|–|—) (.*)$"#)
}
