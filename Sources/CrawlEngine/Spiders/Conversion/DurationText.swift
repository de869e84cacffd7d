/// Lengths as sites write them: `24 min. per ep.`, `1 hr. 46 min.`, `45 sec.`, `1h46m`, and ISO 8601's `PT24M`.
enum DurationText {
    /// The length in seconds; nil when the text names none.
    static func seconds(_ text: String) -> Int64? {
        var total: Double?
        for match in Self.part?.matches(in: text) ?? [] {
            // The tail of a longer number is none.
            guard !match.isPrecededByNumber, let number = match[1].flatMap({ Double($0.filter { $0 != "," }) }),
                let unit = match[2].flatMap({ units[$0.lowercased()] })
            else { continue }
            total = (total ?? 0) + number * unit
        }
        return total.flatMap { Int64(exactly: $0.rounded()) }
    }

    private static let units: [String: Double] = [
        "d": 86_400, "dt": 86_400, "day": 86_400, "days": 86_400, "h": 3_600, "hr": 3_600, "hrs": 3_600, "hour": 3_600,
        "hours": 3_600,
        "m": 60, "min": 60, "mins": 60, "minute": 60, "minutes": 60,
        "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1,
    ]

    private static let part = try? Pattern(#"(\d{1,3}(?:,\d{3})+|\d{1,6}(?:\.\d{1,3})?)\s*([A-Za-z]+)"#)
}

extension PatternMatch {
    /// Whether a digit, or what stands inside a number, stands right before it.
    fileprivate var isPrecededByNumber: Bool {
        guard let start = ranges[0]?.lowerBound, start > 0 else { return false }
        return text[start - 1].isASCIIDigit || [".", ","].contains(text[start - 1])
    }
}
