/// The best peer in rating prediction: the average residual of the most similar rated items, by Pearson correlations of the residuals
/// shrunk by support.
///
/// Surprise's `KNNBaseline` with `pearson_baseline` similarities between items; 20 neighbours and a shrinkage of 200 did best on our tuning
/// split (its own 40 and 100 are a little worse). Kept to be compared with.
///
/// Source: Koren, "Factor in the neighbors", ACM TKDD 4(1), 2010, equations 2 and 3.
public struct NeighbourBaseline: RatingModel {
    private let biases: BiasBaseline
    /// Lower triangle, row after row.
    private let similarities: [Float]
    private static let neighbours = 20
    private static let shrinkage = 200.0

    /// Fits biases and similarities.
    ///
    /// - Complexity: O(Σ k²) for lists of k items; 16 bytes × items².
    public static func fit(
        _ lists: [RatedList], itemCount: Int? = nil, scale: ClosedRange<Float>? = nil
    ) -> NeighbourBaseline {
        let biases = BiasBaseline.fit(lists, itemCount: itemCount, scale: scale)
        let size = biases.itemBiases.count
        var sums = [PairSum](repeating: PairSum(), count: size * (size + 1) / 2)
        for list in lists {
            let level = biases.mean + biases.bias(list)
            let residuals = zip(list.items, list.ratings).map { Float(Double($1) - level - biases.itemBias(Int($0))) }
            for (position, item) in list.items.enumerated() {
                let row = Int(item) * (Int(item) + 1) / 2
                for earlier in 0..<position {
                    sums[row + Int(list.items[earlier])].add(residuals[position], residuals[earlier])
                }
            }
        }
        return NeighbourBaseline(biases: biases, similarities: sums.map { $0.similarity(shrinkage) })
    }

    /// Biases plus the neighbours' average residual.
    public func predictions(for list: RatedList, items: [Int]) -> [Float] {
        let level = biases.mean + biases.bias(list)
        let residuals = zip(list.items, list.ratings).map { Double($1) - level - biases.itemBias(Int($0)) }
        return items.map { item in
            var selection = TopSelection(capacity: Self.neighbours)
            for (position, other) in list.items.enumerated() where Int(other) != item {
                let similarity = similarity(item, Int(other))
                if similarity > 0 { selection.offer(Int32(position), score: similarity) }
            }
            selection.sort()
            var (sum, weight) = (0.0, 0.0)
            for (position, similarity) in zip(selection.items, selection.scores) {
                sum += Double(similarity) * residuals[Int(position)]
                weight += Double(similarity)
            }
            let correction = weight > 0 ? sum / weight : 0
            return biases.scale.clipping(level + biases.itemBias(item) + correction)
        }
    }

    private func similarity(_ left: Int, _ right: Int) -> Float {
        let (greater, smaller) = (max(left, right), min(left, right))
        guard greater < biases.itemBiases.count else { return 0 }
        return similarities[greater * (greater + 1) / 2 + smaller]
    }
}

/// Sums over the people who rated both items of a pair.
private struct PairSum {
    private var product: Float = 0
    private var left: Float = 0
    private var right: Float = 0
    private var count: Float = 0

    mutating func add(_ first: Float, _ second: Float) {
        product += first * second
        left += first * first
        right += second * second
        count += 1
    }

    func similarity(_ shrinkage: Double) -> Float {
        let spread = (left * right).squareRoot()
        guard count > 1, spread > 0 else { return 0 }
        return product / spread * (count - 1) / (count - 1 + Float(shrinkage))
    }
}
