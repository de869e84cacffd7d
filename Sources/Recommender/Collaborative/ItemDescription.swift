/// What is known of an item without any rating.
public struct ItemDescription: Sendable, Hashable {
    /// Its titles, the main one first.
    public var titles: [String]
    /// Who made it.
    public var studios: [String]
    /// `TV`, `Movie`, …; nil when unknown.
    public var type: String?
    /// The terms of its description, as `TextPipeline` makes them.
    public var terms: [String]

    /// Makes a description.
    public init(titles: [String] = [], studios: [String] = [], type: String? = nil, terms: [String] = []) {
        self.titles = titles
        self.studios = studios
        self.type = type
        self.terms = terms
    }

    /// The words of all titles, each once, without those that only number seasons.
    var titleWords: [String] {
        var seen: Set<String> = []
        return titles.flatMap(Self.words).filter {
            $0.utf8.count > 1 && !Self.numbering.contains($0) && seen.insert($0).inserted
        }
    }

    /// The neighbouring words of the main title; series share them more surely than single words.
    var titlePairs: [String] {
        let words = Self.words(titles.first ?? "")
        return zip(words, words.dropFirst()).map { "\($0) \($1)" }
    }

    /// Runs of the letters a to z and digits, in lower case.
    private static func words(_ title: String) -> [String] {
        title.utf8.split { !isWordByte($0) }.map { String(decoding: $0.map(lowered), as: UTF8.self) }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        let lower = lowered(byte)
        return (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z"))
            || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }

    private static let numbering: Set<String> = [
        "the", "of", "and", "to", "no", "wa", "ni", "ga", "wo", "tv", "ova", "movie", "special", "specials", "season",
        "2nd", "ii",
    ]
}
