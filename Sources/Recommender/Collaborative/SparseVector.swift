/// One person's list as integer weights: item indices ascending and unique, each with a weight that is not zero.
///
/// Integers, because sums of them do not depend on their order: that is what makes an index kept up to date equal to a rebuilt one.
public struct SparseVector: Sendable, Hashable {
    /// Item indices, ascending, each once, none negative.
    public private(set) var items: [Int32]
    /// The weight of the item at the same position; never 0.
    public private(set) var weights: [Int32]

    /// The empty list.
    public init() {
        items = []
        weights = []
    }

    /// Makes a vector from pairs in any order.
    ///
    /// - Parameters:
    ///   - pairs: Item index (negative ones are left out) and weight.
    ///   - combine: What to keep when an item occurs twice, as when two seasons of an anime are one item; the greater by default.
    public init(
        _ pairs: some Sequence<(item: Int32, weight: Int32)>,
        combining combine: (Int32, Int32) -> Int32 = { max($0, $1) }
    ) {
        self.init()
        var sorted: [(item: Int32, weight: Int32)] = []
        for pair in pairs where pair.item >= 0 { sorted.append(pair) }
        sorted.sort { $0.item < $1.item || ($0.item == $1.item && $0.weight < $1.weight) }
        items.reserveCapacity(sorted.count)
        weights.reserveCapacity(sorted.count)
        var position = 0
        while position < sorted.count {
            let item = sorted[position].item
            var weight = sorted[position].weight
            position += 1
            while position < sorted.count, sorted[position].item == item {
                weight = combine(weight, sorted[position].weight)
                position += 1
            }
            guard weight != 0 else { continue }
            items.append(item)
            weights.append(weight)
        }
    }

    /// The number of items.
    public var count: Int { items.count }

    /// Whether no item has a weight.
    public var isEmpty: Bool { items.isEmpty }

    /// The weight of an item, 0 when it is not on the list.
    public subscript(item: Int32) -> Int32 {
        var low = 0
        var high = items.count
        while low < high {
            let middle = (low + high) / 2
            if items[middle] < item { low = middle + 1 } else { high = middle }
        }
        return low < items.count && items[low] == item ? weights[low] : 0
    }

    /// The sum of the squared weights.
    public var squaredNorm: Int64 { weights.reduce(0) { $0 + Int64($1) * Int64($1) } }
}

extension SparseVector: ExpressibleByDictionaryLiteral {
    /// Items and their weights, in any order.
    public init(dictionaryLiteral elements: (Int32, Int32)...) {
        self.init(elements.map { (item: $0.0, weight: $0.1) })
    }
}
