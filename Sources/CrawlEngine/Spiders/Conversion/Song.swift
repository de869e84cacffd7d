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
        if let index = index?[0] { rest = String(rest.dropFirst(index.count)).trimmed }
        guard !rest.isEmpty else { return nil }
        line = rest
        let bareIndex = Self.bareIndex?.firstMatch(in: rest)
        number = (index?[1] ?? index?[2] ?? bareIndex?[1]).flatMap { Int64($0) }
        // The quote behind a bare number is the title's.
        if let bareIndex = bareIndex?[0] { rest = String(rest.dropFirst(bareIndex.count - 1)) }
        let tail = (Self.tail?.firstMatch(in: rest) ?? Self.bareEpisodes?.firstMatch(in: rest))?[0] ?? ""
        episodes = Self.episodes(in: tail)
        if !tail.isEmpty { rest = String(rest.dropLast(tail.count)).trimmed }
        if let opened = Self.bracketedArtist?.replacing(in: rest, with: " by $1") { rest = opened }
        if let parts = Self.quoted?.firstMatch(in: rest), let name = parts[1] ?? parts[2] ?? parts[3] ?? parts[4] {
            title = [Self.unquoted(name.trimmed), parts[5]?.trimmed ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
            artist = parts[6]?.trimmed
        } else if let parts = Self.performed?.firstMatch(in: rest) ?? Self.plain?.firstMatch(in: rest) {
            title = Self.unquoted(parts[1]?.trimmed ?? rest)
            artist = parts[2]?.trimmed
        } else {
            title = Self.unquoted(rest)
            artist = nil
        }
    }

    /// The episodes of all brackets at the end that name some.
    private static func episodes(in tail: String) -> String? {
        let found = Self.episodes?.matches(in: tail).compactMap { ($0[1] ?? $0[2] ?? $0[3])?.trimmed } ?? []
        return found.isEmpty ? nil : found.joined(separator: ", ")
    }

    /// Without a quote that is never closed, and without a second kind of quotes.
    private static func unquoted(_ text: String) -> String {
        if text.hasPrefix("\""), !text.dropFirst().contains("\"") { return String(text.dropFirst()).trimmed }
        let inner = Self.corners?.firstMatch(in: text)
        return (inner?[1] ?? inner?[2])?.trimmed ?? text
    }

    /// What stands in the last brackets with Japanese script, or the title where it has no other script.
    private var japaneseTitle: String? {
        let brackets = Self.brackets?.matches(in: title).compactMap { ($0[1] ?? $0[2])?.trimmed } ?? []
        if let found = brackets.last(where: Self.isJapanese) { return found }
        return Self.isJapanese(title) && !title.unicodeScalars.contains(where: Self.isLatin) ? title : nil
    }

    private static func isJapanese(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x3041...0x30FF).contains($0.value) || (0x3400...0x9FFF).contains($0.value) }
    }

    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
        (0x41...0x5A).contains(scalar.value & ~0x20) || (0xC0...0x24F).contains(scalar.value)
    }

    func value(kind: Kind) -> JSONValue {
        func text(_ value: String?) -> JSONValue { value.flatMap { $0.isEmpty ? nil : .string($0) } ?? .null }
        return [
            "kind": .string(kind.rawValue), "number": number.map(JSONValue.int) ?? .null, "title": .string(title),
            "title_japanese": text(japaneseTitle), "artist": text(artist), "episodes": text(episodes),
            "text": text(line),
        ]
    }

    /// `#1:`, `1:`, `R1:`, `OP1:`, `ED 1:`; a title such as `2001: A Space Song` stands in quotes.
    private static let index = try? Pattern(
        #"^(?:#?R?(\d{1,3})|(?:OP|ED|Opening|Ending)(?: Theme)?\s*#?(\d{1,3})|(?:OP|ED)):\s*"#)
    /// `#20 "Hope"`
    private static let bareIndex = try? Pattern(#"^#(\d{1,3})\s+""#)
    /// `(eps 1-13)`, `[episodes 1-13]`, also with the name of a version before: `(TV eps 1-9)`.
    private static let inBrackets =
        #"[(\[]\s*(?:(?:eps?|episodes?)\b\.?:?\s*([^()\[\]]*)|([^()\[\]]*\b(?:eps?|episodes?)\.?\s*\d[^()\[\]]*))[)\]]"#
    /// Brackets with episodes, and what else stands in brackets behind them: `(eps 1-12) (TV)`.
    private static let tail = try? Pattern(#"(?i)\s*"# + inBrackets + #"(?:\s*[(\[][^()\[\]]*[)\]])*\s*$"#)
    /// `eps 1-13`
    private static let bareEpisodes = try? Pattern(#"(?i)\s+(?:eps?|episodes?)\b\.?:?\s*\d[\d\s,&+~–-]*$"#)
    private static let episodes = try? Pattern(
        "(?i)" + inBrackets + #"|\b(?:eps?|episodes?)\b\.?:?\s*(\d[\d\s,&+~–-]*)$"#)
    private static let brackets = try? Pattern(#"\(((?:[^()]|\([^()]*\))*)\)|（([^（）]*)）"#)
    /// `"Title" (by Artist)`
    private static let bracketedArtist = try? Pattern(
        #"(?i)\s*\(\s*(?:(?:performed|sung)\s+)?by\s+((?:[^()]|\([^()]*\))+)\)$"#)
    /// The title in quotes, then brackets with the same in another script, then the artist.
    private static let quoted = try? Pattern(
        #"(?i)^(?:["“](.*)["”]|''(.*)''|『([^『』]*)』|「([^「」]*)」)(?:\s*([(（][^()（）]*[)）]))?"#
            + #"(?:\s*(?:(?:(?:performed|sung)\s+)?by|[-–—])\s+(.*))?$"#)
    private static let corners = try? Pattern("^(?:『([^『』]*)』|「([^「」]*)」)$")
    private static let performed = try? Pattern(#"(?i)^(.+?)\s+(?:performed|sung)\s+by\s+(.+)$"#)
    /// Titles have "by" in them more often than artists: the last one counts.
    private static let plain = try? Pattern(#"^(.+)\s+by\s+(.+)$"#)
}
