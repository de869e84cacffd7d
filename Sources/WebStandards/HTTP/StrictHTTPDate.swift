extension HTTPDate {
    /// Reads the three forms of the standard and nothing else, letters in any case.
    ///
    /// For `Expires`: a date that is not one means "already stale", so what ``parse(_:)`` makes of it would keep a page too long.
    ///
    /// - Parameter now: Seconds since 1970; a year of two digits is at most fifty years ahead of it.
    /// - Returns: Seconds since 1970; nil for a text that is no date.
    public static func parseStrictly(_ text: String, now: Int64) -> Int64? {
        let text = text.asciiLowercase
        let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        switch parts.count {
        case 6 where parts[0].hasSuffix(","):
            guard isWeekday(parts[0].dropLast(), isShort: true), parts[5] == "gmt" else { return nil }
            return moment(day: digits(parts[1], 2), month: parts[2], year: digits(parts[3], 4), time: parts[4])
        case 4 where parts[0].hasSuffix(","):
            let date = parts[1].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
            guard isWeekday(parts[0].dropLast(), isShort: false), date.count == 3, parts[3] == "gmt" else { return nil }
            let year = digits(date[2], 2).map { fullYear($0, now: now) }
            return moment(day: digits(date[0], 2), month: date[1], year: year, time: parts[2])
        case 5:
            guard isWeekday(parts[0][...], isShort: true) else { return nil }
            return moment(day: digits(parts[2], 2), month: parts[1], year: digits(parts[4], 4), time: parts[3])
        // A day of one digit has a space in front of it.
        case 6 where parts[2].isEmpty:
            guard isWeekday(parts[0][...], isShort: true) else { return nil }
            return moment(day: digits(parts[3], 1), month: parts[1], year: digits(parts[5], 4), time: parts[4])
        default: return nil
        }
    }

    private static let longWeekdays = [
        "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    ]
    private static let shortMonths = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    private static func isWeekday(_ name: Substring, isShort: Bool) -> Bool {
        longWeekdays.contains { isShort ? $0.prefix(3) == name : $0 == name }
    }

    private static func moment(day: Int?, month: String, year: Int?, time: String) -> Int64? {
        let clock = time.split(separator: ":", omittingEmptySubsequences: false).map { digits(String($0), 2) }
        guard let day, let year, let month = shortMonths.firstIndex(of: month), clock.count == 3, let hour = clock[0],
            let minute = clock[1], let second = clock[2], hour < 24, minute < 60, second <= 60
        else { return nil }
        let date = CivilDate(year: year, month: month + 1, day: day)
        guard day >= 1, day <= date.daysInMonth else { return nil }
        return CivilTime(date: date, secondOfDay: hour * 3600 + minute * 60 + second).secondsSinceEpoch
    }

    private static func digits(_ text: String, _ count: Int) -> Int? {
        guard text.utf8.count == count, text.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
        return DecimalDigits.value(Array(text.utf8)[...])
    }

    /// RFC 9110, section 5.6.7: what seems more than fifty years ahead was in the past.
    private static func fullYear(_ year: Int, now: Int64) -> Int {
        let current = CivilTime(secondsSinceEpoch: now).date.year
        let candidate = current - current % 100 + year
        if candidate > current + 50 { return candidate - 100 }
        return candidate + 100 <= current + 50 ? candidate + 100 : candidate
    }
}
