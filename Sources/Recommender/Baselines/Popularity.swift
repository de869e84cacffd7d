/// The plainest recommender, for people without a list and to compare with: what most people rated.
public struct Popularity: Sendable, Hashable {
    /// How many people have an item on their list, by item.
    public private(set) var counts: [Int]

    /// Nobody rated anything yet.
    public init(itemCount: Int = 0) {
        counts = Array(repeating: 0, count: itemCount)
    }

    /// Counts a list; items beyond the last are taken in.
    public mutating func add(_ list: SparseVector) { count(list, 1) }

    /// Takes a list away that was added.
    public mutating func subtract(_ list: SparseVector) { count(list, -1) }

    private mutating func count(_ list: SparseVector, _ step: Int) {
        if let last = list.items.last, Int(last) >= counts.count {
            counts.append(contentsOf: repeatElement(0, count: Int(last) + 1 - counts.count))
        }
        for item in list.items { counts[Int(item)] += step }
    }

    /// One score per item: how many people rated it.
    public var scores: [Float] { counts.map { Float($0) } }
}
