/// Lengths as sites write them: `24 min. per ep.`, `1 hr. 46 min.`, `45 sec.`
enum DurationText {
    /// The length in seconds; nil when the text names none.
    static func seconds(_ text: String) -> Int64? {
        var total: Int64?
        for match in Self.part?.matches(in: text) ?? [] {
            guard let number = match[1].flatMap({ Int64($0) }), let unit = match[2]?.lowercased() else { continue }
            total = (total ?? 0) + number * (unit.hasPrefix("h") ? 3_600 : unit.hasPrefix("m") ? 60 : 1)
        }
        return total
    }

    private static let part = try? Pattern(#"(?i)\b(\d{1,6})\s*(h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?)\b"#)
}
