/// Reads a URL pattern.
struct URLPatternParser {
    struct Parts {
        var segments: [URLPattern.Segment] = []
        var rest: String?
        var query: [URLPattern.QueryTerm] = []
    }

    private let source: String
    private var names: Set<String> = []

    init(_ source: String) { self.source = source }

    mutating func parse() throws(PatternError) -> Parts {
        guard source.hasPrefix("/") else { throw error("a URL pattern starts with '/'") }
        let (path, query) = splitAtQuery()
        var parts = Parts()
        for text in path.split(separator: "/") {
            guard parts.rest == nil else { throw error("nothing can follow '{…...}'") }
            if text.hasPrefix("{"), text.hasSuffix("...}") {
                parts.rest = try name(text.dropFirst().dropLast(4))
            } else {
                let segment = try segment(text)
                if let last = parts.segments.last, last.isOptional, !segment.isOptional {
                    throw error("'{\(last.capture?.name ?? "")?}' may be left out only at the end of the path")
                }
                parts.segments.append(segment)
            }
        }
        for text in query.split(separator: "&") { parts.query.append(try term(text)) }
        return parts
    }

    /// Splits at the first `?` outside braces.
    private func splitAtQuery() -> (Substring, Substring) {
        var depth = 0
        for index in source.indices {
            switch source[index] {
            case "{": depth += 1
            case "}": depth -= 1
            case "?" where depth == 0: return (source[..<index], source[source.index(after: index)...])
            default: break
            }
        }
        return (source[...], "")
    }

    private mutating func segment(_ text: Substring) throws(PatternError) -> URLPattern.Segment {
        guard let open = text.firstIndex(of: "{") else {
            guard !text.contains("}") else { throw error("'}' without '{'") }
            return .init(prefix: String(text))
        }
        guard let close = text.firstIndex(of: "}"), close > open else { throw error("'{' without '}'") }
        let suffix = text[text.index(after: close)...]
        if let next = suffix.firstIndex(of: "{") { return try segment(text, open, close, next) }
        return .init(
            prefix: String(text[..<open]), capture: try capture(text[text.index(after: open)..<close]),
            suffix: String(suffix))
    }

    /// A number with something behind it: where the number ends is where the next letter stands.
    private mutating func segment(
        _ text: Substring, _ open: Substring.Index, _ close: Substring.Index, _ next: Substring.Index
    ) throws(PatternError) -> URLPattern.Segment {
        let separator = text[text.index(after: close)..<next]
        let first = try capture(text[text.index(after: open)..<close])
        guard let end = text[next...].firstIndex(of: "}"), first.isInteger, !first.isOptional,
            let letter = separator.first, !letter.isNumber
        else { throw error("one '{…}' in each segment, or a number with another behind it: {id:int}-{slug}") }
        let second = try capture(text[text.index(after: next)..<end])
        let suffix = text[text.index(after: end)...]
        guard !suffix.contains("{"), !second.isOptional else { throw error("two '{…}' at most, none with '?'") }
        return .init(
            prefix: String(text[..<open]), capture: first, suffix: String(suffix),
            second: .init(separator: String(separator), capture: second))
    }

    private mutating func term(_ text: Substring) throws(PatternError) -> URLPattern.QueryTerm {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let key = parts.first, !key.isEmpty, !key.contains("{") else {
            throw error("expected name=value in the query")
        }
        guard parts.count == 2 else { return .init(name: String(key), literal: nil, capture: nil) }
        guard parts[1].hasPrefix("{") else { return .init(name: String(key), literal: String(parts[1]), capture: nil) }
        guard parts[1].hasSuffix("}") else { throw error("'{' without '}'") }
        return .init(name: String(key), literal: nil, capture: try capture(parts[1].dropFirst().dropLast()))
    }

    private mutating func capture(_ text: Substring) throws(PatternError) -> URLPattern.Capture {
        let isOptional = text.hasSuffix("?")
        let parts = (isOptional ? text.dropLast() : text).split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.count < 2 || parts[1] == "int" else {
            throw error("expected {name}, {name?}, {name:int}, {name:int?} or {name...}")
        }
        return .init(name: try name(parts[0]), isInteger: parts.count == 2, isOptional: isOptional)
    }

    private mutating func name(_ text: Substring) throws(PatternError) -> String {
        guard !text.isEmpty, text.allSatisfy({ $0 == "_" || $0 == "-" || ($0.isASCII && ($0.isLetter || $0.isNumber)) })
        else {
            throw error("'\(text)' is no name; names have letters, digits, '_' and '-'")
        }
        guard names.insert(String(text)).inserted else { throw error("'{\(text)}' stands twice") }
        return String(text)
    }

    private func error(_ message: String) -> PatternError { PatternError(offset: 0, message: message) }
}
