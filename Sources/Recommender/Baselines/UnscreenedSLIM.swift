/// SLIM as it was published, to compare with: each column is fitted over all other items.
///
/// Minimises `½·w'Gw − G_j'w + ½·l2·|w|² + l1·|w|₁` over `w ≥ 0`, `w_j = 0`, by cyclic coordinate descent.
///
/// Source: Ning & Karypis, "SLIM: Sparse Linear Methods for Top-N Recommender Systems", ICDM 2011, equation 4.
public enum UnscreenedSLIM {
    /// Fits the model.
    ///
    /// - Parameters:
    ///   - ratings: The item–item matrix.
    ///   - unit: The weight in it that stands for 1; entries are divided by its square.
    ///   - l1: The penalty on the sum of a column's weights.
    ///   - l2: The penalty on the sum of their squares.
    ///   - tolerance: A column is done when no weight moves by more than this in a sweep.
    ///   - threads: How many threads share the columns; the result does not depend on it.
    /// - Complexity: 4 bytes × items².
    public static func solve(
        _ ratings: CoRatings, unit: Float = 1, l1: Float = 2, l2: Float = 10, tolerance: Float = 1e-3, threads: Int = 1
    ) -> ItemWeights {
        let square = DenseSquare(ratings, scale: 1 / (unit * unit))
        let slots = Slots(repeating: SparseColumn(), count: square.count)
        forEachParallel(count: square.count, threads: threads) { next in
            let residual = UnsafeMutablePointer<Float>.allocate(capacity: max(1, square.count))
            let weights = UnsafeMutablePointer<Float>.allocate(capacity: max(1, square.count))
            defer {
                residual.deallocate()
                weights.deallocate()
            }
            while let item = next() {
                fit(item, square, (l1, l2, tolerance), residual, weights)
                var column = SparseColumn()
                for other in 0..<square.count where weights[other] > 0 {
                    column.items.append(Int32(other))
                    column.weights.append(weights[other])
                }
                slots[item] = column
            }
        }
        return ItemWeights(itemCount: square.count, columns: CompressedMatrix(slots.values))
    }

    private static func fit(
        _ item: Int, _ square: DenseSquare, _ settings: (l1: Float, l2: Float, tolerance: Float),
        _ residual: UnsafeMutablePointer<Float>, _ weights: UnsafeMutablePointer<Float>
    ) {
        residual.initialize(from: square.row(item), count: square.count)
        weights.initialize(repeating: 0, count: square.count)
        guard square.row(item)[item] > 0 else { return }
        for _ in 0..<100 {
            var greatest: Float = 0
            for other in 0..<square.count where other != item && (weights[other] > 0 || residual[other] > settings.l1) {
                let row = square.row(other)
                // The residual without this item's own part.
                let pull = residual[other] + weights[other] * row[other] - settings.l1
                let updated = max(0, pull / (row[other] + settings.l2))
                let move = updated - weights[other]
                guard move != 0 else { continue }
                weights[other] = updated
                greatest = max(greatest, abs(move))
                for place in 0..<square.count { residual[place] -= move * row[place] }
            }
            if greatest <= settings.tolerance { break }
        }
    }
}

/// All of a symmetric matrix, row after row.
///
/// `@unchecked Sendable`: nobody writes to it after it was made.
private final class DenseSquare: @unchecked Sendable {
    let count: Int
    private let values: UnsafeMutablePointer<Float>

    init(_ ratings: CoRatings, scale: Float) {
        count = ratings.itemCount
        values = .allocate(capacity: max(1, count * count))
        values.initialize(repeating: 0, count: max(1, count * count))
        for row in 0..<count {
            let stored = ratings.row(row)
            for column in 0...row {
                let value = Float(stored[column]) * scale
                values[row * count + column] = value
                values[column * count + row] = value
            }
        }
    }

    deinit { values.deallocate() }

    func row(_ index: Int) -> UnsafePointer<Float> { UnsafePointer(values + index * count) }
}
