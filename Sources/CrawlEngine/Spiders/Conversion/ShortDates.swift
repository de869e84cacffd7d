import WebStandards

/// Dates of two digits each in the rows of one list: 04-13-07 or 13-04-07, by the owner's setting.
///
/// A part over 12 is a day, so one such date tells the order of the whole list; where none does, the month comes first.
/// Unknown parts are 00: 00-00-07 is 2007. Two-digit years before 70 belong to this century.
struct ShortDates: ValueConverter {
    let fields: [String]
    /// The name of a value with more dates of the same list, which only help to tell the order.
    let evidence: String?

    var needsAllValues: Bool { true }

    func convert(_ rows: [JSONValue], in context: ConversionContext) -> [JSONValue] {
        let more = evidence.flatMap { context.value($0)?.arrayValue } ?? []
        let texts = rows.flatMap { row in fields.compactMap { row[$0]?.stringValue } } + more.compactMap(\.stringValue)
        let dates = texts.compactMap(Self.parts)
        let votes = dates.reduce(into: (dayFirst: 0, monthFirst: 0)) { votes, parts in
            if parts.0 > 12 { votes.dayFirst += 1 }
            if parts.1 > 12 { votes.monthFirst += 1 }
        }
        let isDayFirst = votes.dayFirst > votes.monthFirst
        return rows.map { row in
            guard case .object(var object) = row else { return row }
            for field in fields {
                guard let text = object[field]?.stringValue else { continue }
                object[field] =
                    Self.parts(text).flatMap { Self.date($0, isDayFirst: isDayFirst) }.map(JSONValue.string) ?? .null
            }
            return .object(object)
        }
    }

    private static func parts(_ text: String) -> (Int, Int, Int)? {
        let parts = text.split(whereSeparator: { "-/.".contains($0) }).map { Int($0) }
        guard parts.count == 3, let first = parts[0], let second = parts[1], let year = parts[2] else { return nil }
        return (first, second, year)
    }

    private static func date(_ parts: (Int, Int, Int), isDayFirst: Bool) -> String? {
        let (day, month) = isDayFirst ? (parts.0, parts.1) : (parts.1, parts.0)
        guard parts.2 != 0 || month != 0 || day != 0, (0...99).contains(parts.2) || (1_900...2_200).contains(parts.2)
        else {
            return nil
        }
        let year = parts.2 > 99 ? parts.2 : parts.2 < 70 ? 2_000 + parts.2 : 1_900 + parts.2
        guard (1...12).contains(month) else { return String(year) }
        return DateText.format(String(year), month, day)
    }
}
