/// How long a server asks to be left alone.
///
/// Source: RFC 9110, section 10.2.3.
public enum RetryAfter {
    /// No longer wait is taken from a header: six hours, in seconds.
    public static let maximumSeconds: Int64 = 6 * 3600

    /// The longest wait that the lines of one answer ask for: a host that says two things is believed in the more patient one.
    public static func seconds(_ values: [String], now: Int64) -> Int64? {
        values.compactMap { seconds($0, now: now) }.max()
    }

    /// Reads a number of seconds or a date; a date in the past is 0.
    ///
    /// - Parameters:
    ///   - value: The header's value; surrounding white space does not matter.
    ///   - now: Seconds since 1970.
    /// - Returns: Seconds from `now`, 0 to ``maximumSeconds``; nil for a value to be ignored.
    public static func seconds(_ value: String, now: Int64) -> Int64? {
        let bytes = Array(value.utf8)
        guard let start = bytes.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }),
            let end = bytes.lastIndex(where: { $0 != 0x20 && $0 != 0x09 })
        else { return nil }
        let text = bytes[start...end]
        if text.allSatisfy(\.isASCIIDigit) {
            return min(DecimalDigits.value(text).map(Int64.init) ?? maximumSeconds, maximumSeconds)
        }
        guard text.contains(where: \.isASCIILetter), let date = HTTPDate.parse(String(decoding: text, as: UTF8.self))
        else {
            return nil
        }
        return min(max(date - now, 0), maximumSeconds)
    }
}
