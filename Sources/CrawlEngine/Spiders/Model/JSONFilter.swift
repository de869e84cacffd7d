import WebStandards

/// Which values of a list a path goes on with: `@.type=='tv'`, `@.rank!=0 && @.all==true`; a member that is not there is as good as null.
///
/// Source: RFC 9535, 2.3.5, as far as comparisons with a constant go, all of which must hold.
struct JSONFilter: Sendable, Hashable {
    private struct Comparison: Sendable, Hashable {
        let path: JSONPath
        let isEqual: Bool
        let constant: JSONValue
    }

    private let comparisons: [Comparison]

    /// Reads what stands behind the question mark.
    init(_ text: Substring) throws(PatternError) {
        var comparisons: [Comparison] = []
        for part in Self.parts(of: text) {
            comparisons.append(try Self.comparison(part))
        }
        self.comparisons = comparisons
    }

    /// What stands between `&&`, but for those in quotes.
    private static func parts(of text: Substring) -> [Substring] {
        var (parts, start, index, quote): ([Substring], _, _, Character?) = ([], text.startIndex, text.startIndex, nil)
        while index < text.endIndex {
            let character = text[index]
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "'" || character == "\"" {
                quote = character
            } else if text[index...].hasPrefix("&&") {
                parts.append(text[start..<index])
                index = text.index(index, offsetBy: 2)
                start = index
                continue
            }
            index = text.index(after: index)
        }
        return parts + [text[start...]]
    }

    /// Whether a value passes.
    func holds(for value: JSONValue) -> Bool {
        comparisons.allSatisfy { (($0.path.values(in: value).first ?? .null) == $0.constant) == $0.isEqual }
    }

    private static func comparison(_ text: Substring) throws(PatternError) -> Comparison {
        let form = PatternError(
            offset: 0, message: "expected a filter such as ?@.type=='tv' or ?@.rank!=0 && @.all==true")
        guard let mark = text.firstIndex(where: { $0 == "=" || $0 == "!" }) else { throw form }
        let (left, rest) = (String(text[..<mark]).trimmed, text[mark...])
        guard left.hasPrefix("@"), rest.hasPrefix("==") || rest.hasPrefix("!="),
            let constant = Self.constant(String(rest.dropFirst(2)).trimmed)
        else { throw form }
        return Comparison(
            path: try JSONPath("$\(left.dropFirst())"), isEqual: rest.hasPrefix("=="), constant: constant)
    }

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
