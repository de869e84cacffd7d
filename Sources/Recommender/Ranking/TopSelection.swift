/// The items with the greatest scores among those offered; of equal scores the lower item index wins.
///
/// A binary heap with the worst kept item on top, so that most offers cost one comparison.
struct TopSelection {
    let capacity: Int
    /// The kept items; in order of rank after `sort()`.
    private(set) var items: [Int32] = []
    private(set) var scores: [Float] = []

    init(capacity: Int) {
        self.capacity = max(0, capacity)
        items.reserveCapacity(self.capacity)
        scores.reserveCapacity(self.capacity)
    }

    var count: Int { items.count }

    /// A score that is not above this one cannot be kept, whatever its item, as long as items are offered in ascending order: 0 until the
    /// selection is full.
    var threshold: Float { items.count < capacity ? 0 : scores.first ?? .infinity }

    mutating func removeAll() {
        items.removeAll(keepingCapacity: true)
        scores.removeAll(keepingCapacity: true)
    }

    /// Whether an offer would be kept.
    @inline(__always)
    func wouldKeep(_ item: Int32, score: Float) -> Bool {
        if items.count < capacity { return true }
        guard capacity > 0 else { return false }
        return score > scores[0] || (score == scores[0] && item < items[0])
    }

    @inline(__always)
    mutating func offer(_ item: Int32, score: Float) {
        guard wouldKeep(item, score: score) else { return }
        if items.count == capacity {
            items[0] = item
            scores[0] = score
            sink(0, count: items.count)
        } else {
            items.append(item)
            scores.append(score)
            rise(items.count - 1)
        }
    }

    /// Puts the kept items in order of rank, best first.
    mutating func sort() {
        var end = items.count - 1
        while end > 0 {
            exchange(0, end)
            sink(0, count: end)
            end -= 1
        }
    }

    @inline(__always)
    private func isWorse(_ left: Int, than right: Int) -> Bool {
        scores[left] < scores[right] || (scores[left] == scores[right] && items[left] > items[right])
    }

    private mutating func exchange(_ left: Int, _ right: Int) {
        items.swapAt(left, right)
        scores.swapAt(left, right)
    }

    private mutating func rise(_ start: Int) {
        var child = start
        while child > 0, isWorse(child, than: (child - 1) / 2) {
            exchange(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func sink(_ start: Int, count: Int) {
        var parent = start
        while 2 * parent + 1 < count {
            var child = 2 * parent + 1
            if child + 1 < count, isWorse(child + 1, than: child) { child += 1 }
            guard isWorse(child, than: parent) else { return }
            exchange(child, parent)
            parent = child
        }
    }
}
