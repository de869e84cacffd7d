/// One word of a cron expression and where it starts.
struct CronField {
    let text: Substring
    let offset: Int

    static func split(_ text: String) -> [CronField] {
        text.split { $0 == " " || $0 == "\t" }.map { word in
            CronField(text: word, offset: text.utf8.distance(from: text.startIndex, to: word.startIndex))
        }
    }

    /// The zone of `TZ=…` or `CRON_TZ=…`; nil for any other word.
    var zoneName: String? {
        for prefix in ["TZ=", "CRON_TZ="] where text.hasPrefix(prefix) { return String(text.dropFirst(prefix.count)) }
        return nil
    }

    /// The values that the field lists.
    func values(of unit: CronUnit) throws(SyntaxError) -> CronValues {
        var values = CronValues(bits: 0, isEverything: false)
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            let part = try self.part(item, unit)
            values.bits |= part.bits
            values.isEverything = values.isEverything || part.isEverything
        }
        return values
    }

    private func part(_ item: Substring, _ unit: CronUnit) throws(SyntaxError) -> CronValues {
        let pieces = item.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        let ends = pieces[0].split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
        let isStar = pieces[0] == "*" || pieces[0] == "?"
        guard pieces.count <= 2, ends.count <= 2 else { throw error(unit) }
        let step = pieces.count == 2 ? try number(pieces[1], unit) : 1
        let first = isStar ? unit.minimum : try value(ends[0], unit)
        let isOpen = isStar || (ends.count == 1 && pieces.count == 2)
        let last = isOpen ? unit.maximum : try value(ends[ends.count - 1], unit)
        guard step > 0, first <= last else { throw error(unit) }
        var bits: UInt64 = 0
        for value in stride(from: first, through: last, by: step) { bits |= 1 << UInt64(value) }
        if unit == .weekday, bits & 1 << 7 != 0 { bits = bits & ~(1 << 7) | 1 }
        return CronValues(bits: bits, isEverything: isStar && step == 1)
    }

    private func value(_ text: Substring, _ unit: CronUnit) throws(SyntaxError) -> Int {
        if let index = unit.names.firstIndex(of: text.lowercased()) { return index + unit.firstNamed }
        let value = try number(text, unit)
        guard value >= unit.minimum, value <= unit.highestNumber else { throw error(unit) }
        return value
    }

    private func number(_ text: Substring, _ unit: CronUnit) throws(SyntaxError) -> Int {
        guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy(\.isASCIIDigit), let value = Int(text) else {
            throw error(unit)
        }
        return value
    }

    private func error(_ unit: CronUnit) -> SyntaxError {
        SyntaxError(
            .invalidField, offset: offset,
            expected:
                "\(unit.rawValue): *, a number from \(unit.minimum) to \(unit.maximum), a range a-b, a step /n, or a list of these"
        )
    }
}

/// Some values of a unit, one bit each.
struct CronValues: Hashable {
    var bits: UInt64
    /// Whether the field was `*` or `?`, which matters for days.
    var isEverything: Bool

    func contains(_ value: Int) -> Bool { bits >> UInt64(value) & 1 != 0 }

    /// The least value from `value` on.
    func first(from value: Int) -> Int? {
        guard value < 64 else { return nil }
        let rest = bits >> UInt64(value)
        return rest == 0 ? nil : value + rest.trailingZeroBitCount
    }
}

/// What a field counts.
enum CronUnit: String {
    case second, minute, hour
    case day = "day of the month"
    case month
    case weekday = "day of the week"

    var minimum: Int { self == .day || self == .month ? 1 : 0 }

    var maximum: Int {
        switch self {
        case .second, .minute: 59
        case .hour: 23
        case .day: 31
        case .month: 12
        case .weekday: 6
        }
    }

    /// 7 is another name for Sunday.
    var highestNumber: Int { self == .weekday ? 7 : maximum }

    var firstNamed: Int { self == .month ? 1 : 0 }

    var names: [String] {
        switch self {
        case .month: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        case .weekday: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
        default: []
        }
    }
}
