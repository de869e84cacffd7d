/// The best of the dense linear recommenders, to compare with: every item speaks for or against every other one.
///
/// `B = −P / diag(P)` with zeros on its diagonal, where `P = (G + λI)⁻¹`.
///
/// Source: Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019, equation 8.
public struct EASE: Sendable {
    private let inverse: SymmetricInverse

    /// Fits the model; nil when the matrix cannot be inverted.
    ///
    /// - Parameters:
    ///   - ratings: The item–item matrix.
    ///   - unit: The weight in it that stands for 1; entries are divided by its square.
    ///   - l2: `λ`, in units of 1.
    ///   - diagonalFactor: What the diagonal is multiplied with.
    ///   - threads: How many threads share the work; the result does not depend on it.
    /// - Complexity: O(items³); 4 bytes × items².
    public init?(_ ratings: CoRatings, unit: Float = 1, l2: Float = 60, diagonalFactor: Float = 1.3, threads: Int = 1) {
        let scale = 1 / (unit * unit)
        inverse = SymmetricInverse(count: ratings.itemCount) { row, values in
            let stored = ratings.row(row)
            for column in 0..<row { values[column] = Float(stored[column]) * scale }
            values[row] = Float(stored[row]) * scale * diagonalFactor + l2
        }
        guard inverse.invert(threads: threads) else { return nil }
    }

    /// Every item's score for a list; those on the list have scores too.
    public func accumulateScores(for list: SparseVector, into scores: inout [Float]) {
        let count = inverse.count
        if scores.count != count { scores = Array(repeating: 0, count: count) }
        scores.withUnsafeMutableBufferPointer { scores in
            scores.update(repeating: 0)
            for (item, weight) in zip(list.items, list.weights) where item < count {
                let row = inverse.row(Int(item))
                for other in 0..<count { scores[other] -= Float(weight) * row[other] }
            }
            // What an item says of itself is no part of its score.
            for (item, weight) in zip(list.items, list.weights) where item < count {
                scores[Int(item)] += Float(weight) * inverse.row(Int(item))[Int(item)]
            }
            for item in 0..<count { scores[item] /= inverse.row(item)[item] }
        }
    }
}
