/// What a meta refresh, or a `Refresh` header, asks for: another page after some seconds.
///
/// Source: HTML standard, section 4.2.5.3, "shared declarative refresh steps".
public struct MetaRefresh: Sendable, Hashable {
    /// How long a browser would wait; at most a day.
    public let delay: Duration

    /// Where to, as written; empty for the page itself.
    public let target: String

    /// No longer wait is told apart.
    private static let maximumSeconds = 86_400

    /// Reads `5; url=/next`; nil when it is none.
    public init?(_ content: String) {
        var rest = content.utf8[...]
        Self.skipSpace(&rest)
        let digits = rest.prefix(while: \.isASCIIDigit)
        rest = rest.dropFirst(digits.count)
        guard !digits.isEmpty || rest.first == UInt8(ascii: ".") else { return nil }
        let seconds = digits.isEmpty ? 0 : DecimalDigits.value(ArraySlice(digits)) ?? Self.maximumSeconds
        delay = .seconds(min(seconds, Self.maximumSeconds))
        rest = rest.drop { $0.isASCIIDigit || $0 == UInt8(ascii: ".") }
        if let next = rest.first {
            guard Self.isSeparator(next) || Self.isSpace(next) else { return nil }
            Self.skipSpace(&rest)
            if let mark = rest.first, Self.isSeparator(mark) { rest.removeFirst() }
            Self.skipSpace(&rest)
        }
        target = Self.unquoted(Self.withoutName(rest))
    }

    /// What stands behind `url=`; all of it when that is not there.
    private static func withoutName(_ text: Substring.UTF8View) -> Substring.UTF8View {
        var rest = text
        for letter in "url".utf8 {
            guard rest.popFirst()?.lowercasedASCII == letter else { return text }
        }
        skipSpace(&rest)
        guard rest.popFirst() == UInt8(ascii: "=") else { return text }
        skipSpace(&rest)
        return rest
    }

    private static func unquoted(_ text: Substring.UTF8View) -> String {
        guard let quote = text.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            return String(Substring(text))
        }
        return String(Substring(text.dropFirst().prefix { $0 != quote }))
    }

    private static func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ";") || byte == UInt8(ascii: ",") }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) && byte != 0x0B }

    private static func skipSpace(_ text: inout Substring.UTF8View) { text = text.drop(while: isSpace) }
}
