import WebStandards

/// A text with places to fill in: `{site}:{id}`, `/animelist/{name}?status={status|7}`; `{}` is the value at hand.
public struct Template: Sendable, Hashable, CustomStringConvertible {
    private enum Part: Sendable, Hashable {
        case text(String)
        case place(name: String, otherwise: String?)
    }

    /// The template as written.
    public let source: String
    private let parts: [Part]

    /// Reads a template.
    public init(_ source: String) throws(PatternError) {
        self.source = source
        var (parts, rest): ([Part], Substring) = ([], source[...])
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw PatternError(offset: 0, message: "'{' without '}'")
            }
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            let place = rest[rest.index(after: open)..<close].split(
                separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
            parts.append(.place(name: String(place[0]), otherwise: place.count > 1 ? String(place[1]) : nil))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
    }

    public var description: String { source }

    /// The names it needs; those with a value for otherwise are not among them.
    public var names: [String] {
        parts.compactMap { if case .place(let name, nil) = $0, !name.isEmpty { name } else { nil } }
    }

    /// Fills in the places; nil when a value is missing that has no otherwise.
    ///
    /// - Parameter encoding: Whether values are percent-encoded, as parts of a URL must be.
    func filled(encoding: Bool = false, _ value: (String) -> JSONValue?) -> String? {
        var result = ""
        for part in parts {
            switch part {
            case .text(let text): result += text
            case .place(let name, let otherwise):
                guard let text = value(name).flatMap(NumberText.text) ?? otherwise else { return nil }
                result += encoding ? URLText.encode(text) : text
            }
        }
        return result
    }
}
