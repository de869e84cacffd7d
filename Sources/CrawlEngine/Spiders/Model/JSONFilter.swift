import WebStandards

/// Which values of a list a path goes on with: `@.type=='tv'`, `@.rank!=0`; a member that is not there equals nothing but `null`.
///
/// Source: RFC 9535, 2.3.5, as far as one comparison with a constant goes.
struct JSONFilter: Sendable, Hashable {
    private let path: JSONPath
    private let isEqual: Bool
    private let constant: JSONValue

    /// Reads what stands behind the question mark.
    init(_ text: Substring) throws(PatternError) {
        let form = PatternError(offset: 0, message: "expected a filter such as ?@.type=='tv' or ?@.rank!=0")
        guard let mark = text.firstIndex(where: { $0 == "=" || $0 == "!" }) else { throw form }
        let (left, rest) = (String(text[..<mark]).trimmed, text[mark...])
        guard left.hasPrefix("@"), rest.hasPrefix("==") || rest.hasPrefix("!="),
            let constant = Self.constant(String(rest.dropFirst(2)).trimmed)
        else { throw form }
        path = try JSONPath("$\(left.dropFirst())")
        isEqual = rest.hasPrefix("==")
        self.constant = constant
    }

    /// Whether a value passes.
    func holds(for value: JSONValue) -> Bool { ((path.values(in: value).first ?? .null) == constant) == isEqual }

    private static func constant(_ text: String) -> JSONValue? {
        if let quote = text.first, quote == "'" || quote == "\"" {
            let inner = text.dropFirst().dropLast()
            return text.count >= 2 && text.last == quote && !inner.contains(quote) ? .string(String(inner)) : nil
        }
        switch text {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        default: return Int64(text).map(JSONValue.int)
        }
    }
}
