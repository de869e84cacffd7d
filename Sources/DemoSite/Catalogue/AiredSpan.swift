/// When something was aired, as precisely as a page says it.
public struct AiredSpan: Sendable, Hashable {
    /// How much of a day is known.
    public enum Precision: Sendable, Hashable { case day, month, year }

    /// The first day, nil when nothing is known.
    public var from: CivilDate?
    /// The last day, nil for a single day or an open end.
    public var to: CivilDate?
    /// Whether the end is unknown: printed as "?".
    public var isOpen: Bool
    /// How both ends are printed.
    public var precision: Precision

    /// A span; "Not available" when `from` is nil.
    public init(from: CivilDate?, to: CivilDate? = nil, isOpen: Bool = false, precision: Precision = .day) {
        self.from = from
        self.to = to
        self.isOpen = isOpen
        self.precision = precision
    }

    /// "Apr 3, 2009 to Jun 26, 2009", "Apr 2009", "2009 to ?", "Not available".
    public var text: String {
        guard let from else { return "Not available" }
        if isOpen { return "\(printed(from)) to ?" }
        guard let to else { return printed(from) }
        return "\(printed(from)) to \(printed(to))"
    }

    /// "Apr 2009 - Jun 2009", as the ranking prints it.
    var shortText: String {
        guard let from else { return "-" }
        let start = monthAndYear(from)
        if isOpen { return "\(start) -" }
        return "\(start) - \(monthAndYear(to ?? from))"
    }

    private func printed(_ date: CivilDate) -> String {
        switch precision {
        case .day: date.text
        case .month: monthAndYear(date)
        case .year: "\(date.parts.year)"
        }
    }

    private func monthAndYear(_ date: CivilDate) -> String {
        "\(CivilDate.monthNames[date.parts.month - 1]) \(date.parts.year)"
    }
}
