import WebStandards

/// A theme song as a site writes it: `#1: "H.T." by Tsuneo Imahori (eps 1-13)`.
///
/// The grammar is loose: the number, the quotes, the artist and the episodes may each be missing. What cannot be told apart
/// stays in the title.
struct Song {
    enum Kind: String, CaseIterable { case opening, ending }

    /// The text without its number.
    let line: String?
    let number: Int64?
    let title: String
    let artist: String?
    let episodes: String?

    /// Reads one line; nil when there is nothing to read.
    init?(_ text: String) {
        var rest = text.trimmed
        let index = Self.index?.firstMatch(in: rest)
        number = index?[1].flatMap { Int64($0) }
        if let index = index?[0] { rest = String(rest.dropFirst(index.count)).trimmed }
        guard !rest.isEmpty else { return nil }
        line = rest
        let found = Self.episodes?.firstMatch(in: rest)
        episodes = found?[1]?.trimmed
        if let found = found?[0] { rest = String(rest.dropLast(found.count)).trimmed }
        let parts = Self.quoted?.firstMatch(in: rest)
        if let parts, let name = parts[1] ?? parts[2] {
            title = name.trimmed
            artist = parts[3]?.trimmed
        } else if let parts = Self.plain?.firstMatch(in: rest) {
            title = parts[1]?.trimmed ?? rest
            artist = parts[2]?.trimmed
        } else {
            title = rest
            artist = nil
        }
    }

    func value(kind: Kind) -> JSONValue {
        func text(_ value: String?) -> JSONValue { value.flatMap { $0.isEmpty ? nil : .string($0) } ?? .null }
        return [
            "kind": .string(kind.rawValue), "number": number.map(JSONValue.int) ?? .null, "title": .string(title),
            "artist": text(artist), "episodes": text(episodes), "text": text(line),
        ]
    }

    /// `#1:`, `1:`, `R1:`; a title such as `2001: A Space Song` stands in quotes.
    private static let index = try? Pattern(#"^#?R?(\d{1,3}):\s*"#)
    private static let episodes = try? Pattern(#"(?i)\(\s*(?:eps?|episodes?)\b\.?:?\s*([^()]*)\)\s*$"#)
    private static let quoted = try? Pattern(#"^(?:["“](.*)["”]|''(.*)'')(?:\s*by\s+(.*))?$"#)
    private static let plain = try? Pattern(#"^(.+?)\s+by\s+(.+)$"#)
}
