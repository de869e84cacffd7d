extension Duration {
    /// Reads a whole number and a unit: `500ms`, `4s`, `10m`, `24h`, `7d`, `2w`; nil for anything else, or more than a century.
    public init?(spiderText text: String) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int64(digits), number <= 10_000_000_000 else { return nil }
        let milliseconds: Int64
        switch text.dropFirst(digits.count) {
        case "ms": milliseconds = 1
        case "s": milliseconds = 1_000
        case "m": milliseconds = 60_000
        case "h": milliseconds = 3_600_000
        case "d": milliseconds = 86_400_000
        case "w": milliseconds = 604_800_000
        default: return nil
        }
        let (total, overflow) = number.multipliedReportingOverflow(by: milliseconds)
        guard !overflow, total <= 100 * 366 * 86_400_000 else { return nil }
        self = .milliseconds(total)
    }
}
