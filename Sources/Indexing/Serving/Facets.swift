/// What anime can be filtered by: what there is, the most frequent first.
public struct Facets: Sendable, Hashable {
    /// Genres, as most write them.
    public let genres: [String]
    /// Types.
    public let types: [String]
    /// The years of the first and the last broadcast; nil when none is known.
    public let years: ClosedRange<Int>?

    init(_ cards: [AnimeCard?]) {
        let cards = cards.compactMap(\.self)
        genres = Self.byFrequency(cards.flatMap(\.genres))
        types = Self.byFrequency(cards.compactMap(\.type))
        let known = cards.compactMap(\.year)
        years = known.min().flatMap { first in known.max().map { first...$0 } }
    }

    private static func byFrequency(_ names: [String]) -> [String] {
        var counts: [String: Int] = [:]
        for name in names { counts[name, default: 0] += 1 }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }
}
