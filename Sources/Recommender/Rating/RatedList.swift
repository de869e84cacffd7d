/// One person's ratings: items ascending and unique, each with a score in the scale of the data (half stars are fine).
public struct RatedList: Sendable, Hashable {
    /// Item indices, ascending, each once, none negative.
    public private(set) var items: [Int32]
    /// The rating of the item at the same position; finite.
    public private(set) var ratings: [Float]

    /// Makes a list from pairs in any order; pairs with a negative item or a rating that is not finite are left out, and of several
    /// ratings of one item the last stays.
    public init(_ pairs: some Sequence<(item: Int32, rating: Float)>) {
        var latest: [Int32: Float] = [:]
        for pair in pairs where pair.item >= 0 && pair.rating.isFinite { latest[pair.item] = pair.rating }
        items = latest.keys.sorted()
        ratings = items.compactMap { latest[$0] }
    }

    /// The number of ratings.
    public var count: Int { items.count }

    /// The list in two: ratings for which `isKept` holds, and the others.
    func divided(by isKept: (Int32) -> Bool) -> (kept: RatedList, others: RatedList) {
        var (kept, others) = (RatedList([]), RatedList([]))
        for (item, rating) in zip(items, ratings) {
            if isKept(item) { kept.append(item, rating) } else { others.append(item, rating) }
        }
        return (kept, others)
    }

    private mutating func append(_ item: Int32, _ rating: Float) {
        items.append(item)
        ratings.append(rating)
    }
}
