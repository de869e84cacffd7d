/// Fits one column of the item weights at a time, with buffers that are used again for the next.
///
/// Minimises `½·w'Gw − G_j'w + ½·l2·|w|² + l1·√G_jj·|w|₁` over `w ≥ 0`, `w_j = 0`, where only the best screened neighbours may differ from
/// 0 and the diagonal of `G` is multiplied with a factor. Cyclic coordinate descent from 0 in the order of the screening, so the same
/// input gives the same bits.
///
/// Source: Ning & Karypis, "SLIM: Sparse Linear Methods for Top-N Recommender Systems", ICDM 2011 (fsSLIM: section IV.C).
struct ColumnSolver: ~Copyable {
    private let view: GramView
    private let settings: SLIMSettings
    private var screening: TopSelection
    /// `1 / √G_ii`, 0 for an item that nobody rated.
    private let inverseNorms: [Float]
    /// The part of `G` between neighbours, a row for each, filled when first needed, with zeros on its diagonal.
    private let square: UnsafeMutablePointer<Float>
    private let residual: UnsafeMutablePointer<Float>
    private let curvature: UnsafeMutablePointer<Float>
    private let weights: UnsafeMutablePointer<Float>
    private let isFilled: UnsafeMutablePointer<Bool>
    private let neighbours: UnsafeMutablePointer<Int32>

    init(view: GramView, settings: SLIMSettings) {
        self.view = view
        self.settings = settings
        let capacity = max(1, min(settings.neighbours, view.itemCount))
        screening = TopSelection(capacity: capacity)
        inverseNorms = view.diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
        square = .allocate(capacity: capacity * capacity)
        residual = .allocate(capacity: capacity)
        curvature = .allocate(capacity: capacity)
        weights = .allocate(capacity: capacity)
        isFilled = .allocate(capacity: capacity)
        neighbours = .allocate(capacity: capacity)
    }

    deinit {
        square.deallocate()
        residual.deallocate()
        curvature.deallocate()
        weights.deallocate()
        isFilled.deallocate()
        neighbours.deallocate()
    }

    /// The weights of a column, ascending by item.
    ///
    /// - Parameter column: The whole column `item` of `G`.
    mutating func solve(item: Int, column: UnsafePointer<Float>) -> SparseColumn {
        screen(item: item, column: column)
        let count = screening.count
        guard count > 0 else { return SparseColumn() }
        start(item: item, column: column, count: count)
        for _ in 0..<settings.maximumSweeps where sweep(count) <= settings.tolerance { break }
        return result(count)
    }

    private mutating func screen(item: Int, column: UnsafePointer<Float>) {
        screening.removeAll()
        guard settings.neighbours > 0, inverseNorms[item] > 0 else { return }
        inverseNorms.withUnsafeBufferPointer { norms in
            for other in 0..<norms.count where column[other] > 0 && other != item {
                screening.offer(Int32(truncatingIfNeeded: other), score: column[other] * norms[other])
            }
        }
        screening.sort()
    }

    private func start(item: Int, column: UnsafePointer<Float>, count: Int) {
        let penalty = settings.l1 * view.diagonal[item].squareRoot()
        for position in 0..<count {
            let neighbour = screening.items[position]
            neighbours[position] = neighbour
            residual[position] = column[Int(neighbour)] - penalty
            curvature[position] = view.diagonal[Int(neighbour)] * settings.diagonalFactor + settings.l2
            weights[position] = 0
            isFilled[position] = false
        }
    }

    /// One pass over all coordinates; returns the greatest move.
    private func sweep(_ count: Int) -> Float {
        var greatest: Float = 0
        for position in 0..<count {
            let updated = max(0, residual[position] / curvature[position])
            let move = updated - weights[position]
            guard move != 0 else { continue }
            weights[position] = updated
            greatest = max(greatest, abs(move))
            let row = squareRow(position, count)
            for other in 0..<count { residual[other] -= move * row[other] }
        }
        return greatest
    }

    private func squareRow(_ position: Int, _ count: Int) -> UnsafeMutablePointer<Float> {
        let row = square + position * count
        guard !isFilled[position] else { return row }
        isFilled[position] = true
        let item = Int(neighbours[position])
        for other in 0..<count { row[other] = view[item, Int(neighbours[other])] }
        row[position] = 0
        return row
    }

    private func result(_ count: Int) -> SparseColumn {
        var pairs: [(item: Int32, weight: Float)] = []
        for position in 0..<count where weights[position] > 0 {
            pairs.append((neighbours[position], weights[position]))
        }
        pairs.sort { $0.item < $1.item }
        return SparseColumn(items: pairs.map(\.item), weights: pairs.map(\.weight))
    }
}

/// A column of the item weights: items ascending, each with a weight above 0.
struct SparseColumn: Sendable, Equatable {
    var items: [Int32] = []
    var weights: [Float] = []
}
