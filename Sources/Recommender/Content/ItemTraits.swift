import Glibc

/// What is known of items as numbers that a regression takes: names that several items have, and figures.
struct ItemTraits: Sendable {
    /// A name that fewer items have says nothing.
    private static let leastItems = 5
    /// How many names at most, the most frequent first; the regression's cost grows with their square.
    private static let greatestNameCount = 600
    /// How many years count as one.
    private static let yearWidth = 3

    /// One row per item.
    let rows: [SparseRow]
    /// How many traits there are.
    let count: Int

    init(_ items: [ItemDescription]) {
        let names = items.map(Self.names)
        var statistics = TermStatistics()
        for item in names { statistics.add(Array(Set(item))) }
        let kept = statistics.terms.filter { $0.value.documents >= Self.leastItems }
            .sorted {
                let (a, b) = ($0.value.documents, $1.value.documents)
                return a > b || (a == b && $0.key.utf8.lexicographicallyPrecedes($1.key.utf8))
            }
            .prefix(Self.greatestNameCount)
        let columns = Dictionary(uniqueKeysWithValues: zip(kept.map(\.key), 0..<Int32(kept.count)))
        let first = Int32(kept.count)
        rows = zip(items, names).map { item, names in
            let known = Set(names.compactMap { columns[$0] }).sorted()
            let figures = Self.figures(item).enumerated().filter { $0.element != 0 }
            return SparseRow(
                columns: known + figures.map { first + Int32($0.offset) },
                values: known.map { _ in 1 } + figures.map(\.element))
        }
        count = kept.count + Self.figures(ItemDescription()).count
    }

    private static func names(_ item: ItemDescription) -> [String] {
        item.genres.map { "genre \($0)" } + item.themes.map { "theme \($0)" }
            + item.demographics.map { "demographic \($0)" } + item.studios.map { "studio \($0)" }
            + [
                "type \(item.type ?? "")", "source \(item.source ?? "")",
                "year \(item.year.map { $0 / yearWidth } ?? 0)",
            ]
    }

    /// Each figure, and whether it is known.
    private static func figures(_ item: ItemDescription) -> [Double] {
        let figures: [Double?] = [
            item.episodes.flatMap { $0 > 0 ? log(Double($0) + 1) : nil },
            item.members.flatMap { $0 > 0 ? log(Double($0) + 1) : nil },
            item.score.flatMap { $0 > 0 && $0 <= 10 ? $0 : nil },
        ]
        return figures.flatMap { [$0 ?? 0, $0 == nil ? 0 : 1] }
    }
}
