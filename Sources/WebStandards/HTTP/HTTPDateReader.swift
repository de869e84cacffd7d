/// Takes a date apart word by word and number by number, whatever their order.
///
/// A word is a weekday, a month or a time zone. A number with a colon is the time, eight digits are year, month and day, four behind a
/// sign are an offset; of other numbers the first that can be one is the day and the next the year.
struct HTTPDateReader {
    private var isWeekdayKnown = false
    private var month: Int?
    private var day: Int?
    private var year: Int?
    private var secondOfDay: Int?
    private var offset: Int?
    private var expectsDay = true

    /// No date has more parts; what follows them is a comment.
    private static let maximumParts = 6
    private static let maximumWord = 12
    /// The first full year of the Gregorian calendar.
    private static let firstYear = 1583

    mutating func read(_ text: [UInt8]) -> Int64? {
        var position = 0
        var parts = 0
        while position < text.count, parts < Self.maximumParts {
            let byte = text[position]
            if byte.isASCIILetter {
                let word = text[position...].prefix(while: \.isASCIILetter)
                guard word.count < Self.maximumWord, readWord(word) else { return nil }
                position = word.endIndex
                parts += 1
            } else if byte.isASCIIDigit {
                guard let end = readTime(text, position) ?? readNumber(text, position) else { return nil }
                position = end
                parts += 1
            } else {
                position += 1
            }
        }
        return moment
    }

    private var moment: Int64? {
        guard let year, let month, let day, year >= Self.firstYear, year <= 99_999, day <= 31, month <= 12 else {
            return nil
        }
        let date = CivilDate(year: year, month: month, day: day)
        return Int64(date.daysSinceEpoch) * 86_400 + Int64(secondOfDay ?? 0) - Int64(offset ?? 0)
    }

    private mutating func readWord(_ word: ArraySlice<UInt8>) -> Bool {
        let name = String(decoding: word.map(\.lowercasedASCII), as: UTF8.self)
        if !isWeekdayKnown, Self.weekdays.contains(where: { name == $0 || (name.count == 3 && $0.hasPrefix(name)) }) {
            isWeekdayKnown = true
            return true
        }
        if month == nil, let index = Self.months.firstIndex(of: name) {
            month = index + 1
            return true
        }
        if offset == nil, let hours = Self.zone(name) {
            offset = Int(hours * 3600)
            return true
        }
        return false
    }

    /// Reads `H:M` or `H:M:S`, one or two digits each; the end of what was read, nil if there is no time here.
    private mutating func readTime(_ text: [UInt8], _ start: Int) -> Int? {
        guard secondOfDay == nil else { return nil }
        var position = start
        guard let hour = Self.twoDigits(text, &position), hour < 24, Self.skipColon(text, &position),
            let minute = Self.twoDigits(text, &position), minute < 60
        else { return nil }
        secondOfDay = hour * 3600 + minute * 60
        var end = position
        if Self.skipColon(text, &end), let second = Self.twoDigits(text, &end), second <= 60 {
            secondOfDay = hour * 3600 + minute * 60 + second
            position = end
        }
        return position
    }

    private mutating func readNumber(_ text: [UInt8], _ start: Int) -> Int? {
        let digits = text[start...].prefix(while: \.isASCIIDigit)
        guard let value = DecimalDigits.value(digits) else { return nil }
        let sign = start > 0 ? text[start - 1] : 0
        if offset == nil, digits.count == 4, value <= 1400, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
            offset = (value / 100 * 3600 + value % 100 * 60) * (sign == UInt8(ascii: "+") ? 1 : -1)
        } else if digits.count == 8, year == nil, month == nil, day == nil {
            (year, month, day) = (value / 10_000, value / 100 % 100, value % 100)
            guard let month, let day, month >= 1, day >= 1 else { return nil }
        } else if expectsDay, day == nil, (1...31).contains(value) {
            day = value
            expectsDay = false
        } else if year == nil {
            year = value < 100 ? value + (value > 70 ? 1900 : 2000) : value
            expectsDay = day == nil
        } else {
            return nil
        }
        return digits.endIndex
    }

    private static func twoDigits(_ text: [UInt8], _ position: inout Int) -> Int? {
        let digits = text[position...].prefix(2).prefix(while: \.isASCIIDigit)
        guard !digits.isEmpty else { return nil }
        position = digits.endIndex
        return DecimalDigits.value(digits)
    }

    private static func skipColon(_ text: [UInt8], _ position: inout Int) -> Bool {
        guard position < text.count, text[position] == UInt8(ascii: ":") else { return false }
        position += 1
        return true
    }

    private static let weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// Hours east of Greenwich, also of the single letters of nautical time.
    private static func zone(_ name: String) -> Double? {
        if name.utf8.count == 1, let letter = name.utf8.first { return nauticalZone(letter) }
        return zones[name]
    }

    private static func nauticalZone(_ letter: UInt8) -> Double? {
        switch letter {
        case UInt8(ascii: "a")...UInt8(ascii: "i"): Double(letter - UInt8(ascii: "a")) + 1
        case UInt8(ascii: "k")...UInt8(ascii: "m"): Double(letter - UInt8(ascii: "k")) + 10
        case UInt8(ascii: "n")...UInt8(ascii: "y"): -Double(letter - UInt8(ascii: "n")) - 1
        case UInt8(ascii: "z"): 0
        default: nil
        }
    }

    private static let zones: [String: Double] = [
        "gmt": 0, "ut": 0, "utc": 0, "wet": 0, "bst": 1, "west": 1, "cet": 1, "met": 1, "mez": 1, "cest": 2, "mest": 2,
        "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "wat": 1, "ast": -4, "adt": -3, "est": -5, "edt": -4, "cst": -6,
        "cdt": -5,
        "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "yst": -9, "ydt": -8, "hst": -10, "hdt": -9,
        "jst": 9, "kst": 9, "cct": 8, "aest": 10, "aedt": 11, "east": 10, "eadt": 11, "gst": 10, "nzt": 12, "nzst": 12,
        "nzdt": 13, "idle": 12, "idlw": -12,
    ]
}
