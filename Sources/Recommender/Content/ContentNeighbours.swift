import Synchronization

/// The items that are most like each item by content, for both questions: a function of the descriptions alone.
struct ContentNeighbours: Sendable {
    /// How many items that may speak for an item themselves are kept.
    static let directCount = 300
    /// How many items that may lend their columns are kept.
    static let lendingCount = 60

    /// The likenesses of one item, greatest first; equal ones by item.
    struct Lists: Sendable {
        var direct = SparseColumn()
        var lending = SparseColumn()
    }

    /// Worked out when first asked for: it takes a second per 5,000 items, and is not always needed.
    private final class Known: Sendable {
        let lists = Mutex<[Lists]?>(nil)
    }

    let itemCount: Int
    private let likeness: ContentLikeness
    private let known = Known()

    init(_ items: [ItemDescription]) {
        likeness = ContentLikeness(items)
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
        forEachParallel(count: count, threads: threads) { next in
            let scratch = Scratch(count: count)
            var (direct, lending) = (
                TopSelection(capacity: Self.directCount), TopSelection(capacity: Self.lendingCount)
            )
            while let item = next() {
                likeness.accumulate(item, direct: scratch.direct, lending: scratch.lending)
                slots[item] = Lists(direct: direct.best(of: scratch.direct), lending: lending.best(of: scratch.lending))
                scratch.clear()
            }
        }
        return slots.values
    }
}

extension TopSelection {
    /// The greatest values above 0, greatest first.
    fileprivate mutating func best(of values: UnsafeMutableBufferPointer<Float>) -> SparseColumn {
        removeAll()
        for item in values.indices where values[item] > 0 {
            offer(Int32(truncatingIfNeeded: item), score: values[item])
        }
        sort()
        return SparseColumn(items: items, weights: scores)
    }
}
