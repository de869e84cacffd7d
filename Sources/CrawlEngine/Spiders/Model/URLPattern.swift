public import WebStandards

/// Which URLs a page kind serves: `/anime/{id:int}/{slug?}`, `/topanime.php?type=tv&limit={limit?}`.
///
/// A path is compared segment by segment after percent-decoding; a trailing slash makes no difference. `{name}` stands for
/// one segment or a part of one, `{name:int}` for digits, `{id:int}-{name}` for both, `{name?}` may be left out at the end, `{name...}` takes the rest
/// of the path. Of the query only the parameters named are looked at: `a=b` must be there, `a={x}` captures, `a={x?}` captures
/// if there. Matching is linear in the length of the URL.
public struct URLPattern: Sendable, Hashable, CustomStringConvertible {
    /// The pattern as written.
    public let source: String
    /// Names that a match captures.
    public let names: [String]
    let segments: [Segment]
    let rest: String?
    let query: [QueryTerm]

    struct Segment: Sendable, Hashable {
        var prefix = ""
        var capture: Capture?
        var suffix = ""
        /// What stands behind a number: `{id:int}-{slug}`.
        var second: Second?
    }

    struct Second: Sendable, Hashable {
        let separator: String
        let capture: Capture
    }

    struct Capture: Sendable, Hashable {
        let name: String
        var isInteger = false
        var isOptional = false
    }

    struct QueryTerm: Sendable, Hashable {
        let name: String
        let literal: String?
        let capture: Capture?
    }

    /// Reads a pattern.
    ///
    /// - Throws: A text that says what is wrong and what is expected.
    public init(_ source: String) throws(PatternError) {
        var parser = URLPatternParser(source)
        let parts = try parser.parse()
        self.source = source
        segments = parts.segments
        rest = parts.rest
        query = parts.query
        names = segments.flatMap(\.captures).map(\.name) + [rest].compactMap(\.self) + query.compactMap(\.capture?.name)
    }

    public var description: String { source }

    /// The same for patterns that serve the same URLs, whatever their places are called.
    var shape: String {
        var (shape, isName) = ("", false)
        for character in source {
            if character == "{" { isName = true } else if ":?.}".contains(character) { isName = false }
            if !isName || character == "{" { shape.append(character) }
        }
        return shape
    }

    private var captures: [Capture] { segments.flatMap(\.captures) + query.compactMap(\.capture) }

    /// Names that every match captures.
    var requiredNames: Set<String> { Set(names).subtracting(captures.filter(\.isOptional).map(\.name)) }

    /// Names of whole numbers.
    var integerNames: Set<String> { Set(captures.filter(\.isInteger).map(\.name)) }

    /// What the pattern captures of a URL; nil when it does not match. The host is not looked at.
    public func match(_ url: WebURL) -> [String: String]? {
        var captures: [String: String] = [:]
        guard matchPath(URLText.segments(of: url.path)[...], &captures), matchQuery(url.query, &captures) else {
            return nil
        }
        return captures
    }

    private func matchPath(_ path: ArraySlice<String>, _ captures: inout [String: String]) -> Bool {
        var path = path
        for segment in segments {
            guard let text = path.popFirst() else {
                if segment.isOptional { continue }
                return false
            }
            guard segment.match(text, &captures) else { return false }
        }
        if let rest {
            guard !path.isEmpty else { return false }
            captures[rest] = path.joined(separator: "/")
        } else if !path.isEmpty {
            return false
        }
        return true
    }

    private func matchQuery(_ text: String?, _ captures: inout [String: String]) -> Bool {
        guard !query.isEmpty else { return true }
        let parameters = URLText.parameters(of: text ?? "")
        return query.allSatisfy { term in
            guard let value = parameters.first(where: { $0.name == term.name })?.value else {
                return term.capture?.isOptional ?? false
            }
            guard let capture = term.capture else { return term.literal.map { $0 == value } ?? true }
            return capture.take(value, &captures) || capture.isOptional
        }
    }
}

extension URLPattern.Segment {
    var isOptional: Bool { capture?.isOptional ?? false }

    func match(_ text: String, _ captures: inout [String: String]) -> Bool {
        guard let capture else { return text == prefix }
        guard text.utf8.count > prefix.utf8.count + suffix.utf8.count, text.hasPrefix(prefix), text.hasSuffix(suffix)
        else {
            return false
        }
        let inner = text.dropFirst(prefix.count).dropLast(suffix.count)
        guard let second else { return capture.take(String(inner), &captures) }
        let number = inner.prefix { $0.isASCII && $0.isNumber }
        let rest = inner.dropFirst(number.count)
        return rest.hasPrefix(second.separator) && capture.take(String(number), &captures)
            && second.capture.take(String(rest.dropFirst(second.separator.count)), &captures)
    }

    var captures: [URLPattern.Capture] { [capture, second?.capture].compactMap(\.self) }
}

extension URLPattern.Capture {
    func take(_ text: String, _ captures: inout [String: String]) -> Bool {
        guard !text.isEmpty,
            !isInteger || (text.utf8.count <= 18 && text.utf8.allSatisfy { (0x30...0x39).contains($0) })
        else {
            return false
        }
        captures[name] = text
        return true
    }
}
