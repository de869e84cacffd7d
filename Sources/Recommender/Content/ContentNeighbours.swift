import Synchronization

/// The items that are most like each item by content, for both questions: a function of the descriptions alone.
struct ContentNeighbours: Sendable {
    /// How many items that may speak for an item themselves are kept.
    static let directCount = 300
    /// How many items that may lend their columns are kept.
    static let lendingCount = 60

    /// The greatest likenesses of one item, ascending by item.
    struct Lists: Sendable {
        var direct = SparseColumn()
        var lending = SparseColumn()
    }

    /// Worked out when first asked for: it takes a while, and is not always needed.
    private final class Known: Sendable {
        let lists = Mutex<[Lists]?>(nil)
    }

    let itemCount: Int
    private let likeness: ContentLikeness
    private let known = Known()

    init(_ items: [ItemDescription], _ matrices: DescriptionMatrices) {
        likeness = ContentLikeness(items, matrices)
        itemCount = items.count
    }

    /// The likenesses of every item.
    func lists(threads: Int) -> [Lists] {
        known.lists.withLock { lists in
            if let lists { return lists }
            let made = madeLists(threads: threads)
            lists = made
            return made
        }
    }

    private func madeLists(threads: Int) -> [Lists] {
        let slots = Slots(repeating: Lists(), count: itemCount)
        let (likeness, count) = (likeness, itemCount)
        let order = likeness.order
        forEachParallel(count: count, threads: threads) { next in
            let sums = LikenessSums(itemCount: count)
            var selection = GreatestValues()
            while let number = next() {
                let item = Int(order[number])
                likeness.accumulate(item, into: sums)
                slots[item] = Lists(
                    direct: sums.greatest(Self.directCount, .direct, &selection),
                    lending: sums.greatest(Self.lendingCount, .lending, &selection))
                sums.clear()
            }
        }
        return slots.values
    }
}
