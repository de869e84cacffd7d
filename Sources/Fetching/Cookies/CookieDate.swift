/// The date in a cookie's Expires, read as leniently as RFC 6265bis, 5.1.1 says.
enum CookieDate {
    /// Seconds since 1970; nil when the text is no date.
    static func seconds(_ text: String) -> Int64? {
        var (time, day, month, year): ([Int]?, Int?, Int?, Int?)
        for token in text.utf8.split(whereSeparator: \.isDateDelimiter) {
            if time == nil, let found = timeOfDay(token) {
                time = found
            } else if day == nil, let found = number(token, digits: 1...2) {
                day = found
            } else if month == nil, let found = monthNumber(token) {
                month = found
            } else if year == nil, let found = number(token, digits: 2...4) {
                year = found
            }
        }
        guard let time, let day, let month, var year else { return nil }
        if (70...99).contains(year) { year += 1900 } else if year < 70 { year += 2000 }
        guard year >= 1601, (1...days(of: month, year)).contains(day), time[0] < 24, time[1] < 60, time[2] < 60 else {
            return nil
        }
        return daysSince1970(year, month, day) * 86_400 + Int64(time[0] * 3600 + time[1] * 60 + time[2])
    }

    /// `hh:mm:ss`, each of one or two digits, whatever follows that is no digit.
    private static func timeOfDay(_ token: Substring.UTF8View) -> [Int]? {
        let parts = token.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0].count <= 2, parts[1].count <= 2 else { return nil }
        let numbers = [parts[0], parts[1]].compactMap { number($0, digits: 1...2, exactly: true) }
        guard numbers.count == 2, let seconds = number(parts[2], digits: 1...2) else { return nil }
        return numbers + [seconds]
    }

    /// So many digits, and then nothing or what is no digit.
    private static func number(_ token: Substring.UTF8View, digits: ClosedRange<Int>, exactly: Bool = false) -> Int? {
        let leading = token.prefix(while: \.isDigit)
        guard digits.contains(leading.count), !exactly || leading.count == token.count else { return nil }
        return Int(Substring(leading))
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    private static func monthNumber(_ token: Substring.UTF8View) -> Int? {
        let name = Substring(token.prefix(3)).lowercased()
        return months.firstIndex(of: name).map { $0 + 1 }
    }

    private static func days(of month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days of the Gregorian calendar, counted from March so that the leap day comes last.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int64(era * 146_097 + dayOfEra - 719_468)
    }
}

extension UInt8 {
    /// `delimiter` of RFC 6265bis, 5.1.1.
    fileprivate var isDateDelimiter: Bool {
        switch self {
        case 0x09, 0x20...0x2f, 0x3b...0x40, 0x5b...0x60, 0x7b...0x7e: true
        default: false
        }
    }
}
