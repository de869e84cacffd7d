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
    /// Of each item what it is here.
    private let roles: Roles

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
        let roles = Roles(list: list.items, seeds: seeds, itemCount: model.itemCount)
        links = seeds.map { seed in
            var own: [Link] = []
            model.columns.forEach(of: Int(seed)) { item, weight in
                if let place = roles.place(of: item) { own.append(Link(place: place, weight: weight)) }
            }
            return own
        }
        self.roles = roles
    }

    /// The items of the list that speak most for an item, greatest share first; all of them together would make 1.
    ///
    /// - Complexity: O(weights in the item's column + list + links of the seeds that speak for it): a few microseconds.
    public func contributions(to item: Int32, count: Int) -> [Recommendation.Contribution] {
        guard count > 0, item >= 0, item < model.itemCount else { return [] }
        var direct = Array(repeating: Float(0), count: list.count)
        var indirect = direct
        // By way of which seed most of the indirect part comes.
        var ways = Array(repeating: (part: Float(0), seed: Int32(-1)), count: list.count)
        var ofSeeds = Array(repeating: Float(0), count: seeds.count)
        model.columns.forEach(of: Int(item)) { other, weight in
            if let place = roles.place(of: other) {
                direct[place] = weight
            } else if let number = roles.number(of: other) {
                ofSeeds[number] = weight
            }
        }
        // In the order of the seeds, which is that of the score.
        for (number, seed) in seeds.enumerated() where ofSeeds[number] > 0 {
            let onward = strength * ofSeeds[number]
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

/// What each item is to a list: on it, one that speaks for others, or neither. No item is both.
private struct Roles: Sendable {
    /// Place + 1 of an item on the list, -1 - number of a seed, 0 for all others.
    private var marks: [Int32]

    init(list: [Int32], seeds: [Int32], itemCount: Int) {
        marks = Array(repeating: 0, count: itemCount)
        for (place, item) in list.enumerated() where item < itemCount { marks[Int(item)] = Int32(place) + 1 }
        for (number, item) in seeds.enumerated() { marks[Int(item)] = -1 - Int32(number) }
    }

    @inline(__always)
    func place(of item: Int32) -> Int? { marks[Int(item)] > 0 ? Int(marks[Int(item)]) - 1 : nil }

    @inline(__always)
    func number(of item: Int32) -> Int? { marks[Int(item)] < 0 ? -1 - Int(marks[Int(item)]) : nil }
}
