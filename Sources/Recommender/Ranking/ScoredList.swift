/// Every item's score for one list, and what each score is made of.
public struct ScoredList: Sendable {
    /// What the person rated.
    public let list: SparseVector
    /// One score per item, also for those on the list; 0 where nothing speaks for an item.
    public let scores: [Float]
    private let model: ItemWeights
    private let strength: Float
    private let seeds: [Int32]
    /// Of each seed, the places of the list that speak for it, with `W`.
    private let links: [[Link]]

    private struct Link {
        let place: Int
        let weight: Float
    }

    init(_ list: SparseVector, scores: [Float], seeds: [Int32], strength: Float, model: ItemWeights) {
        self.list = list
        self.scores = scores
        self.model = model
        self.strength = strength
        self.seeds = seeds
        links = seeds.map { seed in
            var own: [Link] = []
            model.columns.forEachCommon(Int(seed), list.items) { own.append(Link(place: $0, weight: $1)) }
            return own
        }
    }

    /// The items of the list that speak most for an item, greatest share first; all of them together would make 1.
    ///
    /// - Complexity: O(weights in the item's column + list + links of the seeds that speak for it): some microseconds.
    public func contributions(to item: Int32, count: Int) -> [Recommendation.Contribution] {
        guard count > 0, item >= 0, item < model.itemCount else { return [] }
        var direct = Array(repeating: Float(0), count: list.count)
        var indirect = direct
        // By way of which seed most of the indirect part comes.
        var ways = Array(repeating: (part: Float(0), seed: Int32(-1)), count: list.count)
        model.columns.forEachCommon(Int(item), list.items) { place, weight in direct[place] = weight }
        for (number, seed) in seeds.enumerated() {
            let onward = strength * model.columns.value(item, seed)
            guard onward > 0 else { continue }
            for link in links[number] {
                let part = link.weight * onward
                indirect[link.place] += part
                if part > ways[link.place].part { ways[link.place] = (part, seed) }
            }
        }
        var best: [(place: Int, part: Float)] = []
        var total: Float = 0
        for place in 0..<list.count {
            let part = Float(list.weights[place]) * (direct[place] + indirect[place])
            guard part > 0 else { continue }
            total += part
            guard best.count < count || best.last.map({ part > $0.part }) == true else { continue }
            // Of equal parts the first stays first.
            let rank = best.firstIndex { $0.part < part } ?? best.count
            best.insert((place, part), at: rank)
            if best.count > count { best.removeLast() }
        }
        return best.map { place, part in
            Recommendation.Contribution(
                item: list.items[place], share: part / total,
                way: indirect[place] > direct[place] ? ways[place].seed : nil)
        }
    }
}

extension CompressedMatrix {
    /// Calls `body` with the place of each of some ascending items that a line has, and with its value.
    fileprivate func forEachCommon(_ line: Int, _ wanted: [Int32], _ body: (_ place: Int, _ value: Float) -> Void) {
        let range = range(line)
        var (position, place) = (range.lowerBound, 0)
        while position < range.upperBound, place < wanted.count {
            if items[position] == wanted[place] {
                body(place, values[position])
                (position, place) = (position + 1, place + 1)
            } else if items[position] < wanted[place] {
                position += 1
            } else {
                place += 1
            }
        }
    }
}
