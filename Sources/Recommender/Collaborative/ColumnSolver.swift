/// Fits one column of the item weights at a time, with buffers that are used again for the next.
///
/// Minimises `½·w'Gw − G_j'w + ½·l2·|w|² + l1·√G_jj·|w|₁` over `w ≥ 0`, `w_j = 0`, where only the best screened neighbours may differ from
/// 0 and the diagonal of `G` is multiplied with a factor. Cyclic coordinate descent from 0 in the order of the screening, over the best few
/// first and then over all, so the same input gives the same bits: a column is a function of its neighbours in their order and of the
/// entries between them and itself, and of nothing else.
///
/// Source: Ning & Karypis, "SLIM: Sparse Linear Methods for Top-N Recommender Systems", ICDM 2011 (fsSLIM: section IV.C).
struct ColumnSolver: ~Copyable {
    private let matrix: SolverMatrix
    private let settings: SLIMSettings
    /// `1 / √G_ii`, 0 for an item that nobody rated.
    private let inverseNorms: [Float]
    private var screening = GreatestValues()
    /// What each item would be as a neighbour; zeros up to a whole block.
    private let scores: UnsafeMutablePointer<Float>
    /// The part of `G` between neighbours, a row for each, filled when first needed, with zeros on its diagonal.
    private let square: UnsafeMutablePointer<Float>
    private let residual: UnsafeMutablePointer<Float>
    private let inverseCurvature: UnsafeMutablePointer<Float>
    private let weights: UnsafeMutablePointer<Float>
    private let isFilled: UnsafeMutablePointer<Bool>
    private let neighbours: UnsafeMutablePointer<Int32>
    /// The neighbours with their positions in the lower half, ascending: in this order their entries of a row are read, which for a row
    /// that is not in the processor's caches takes a third of the time.
    private var ascending: [UInt64] = []
    /// Neighbours, and in a row of `square` values, rounded up to whole vectors.
    private let capacity: Int
    /// The neighbours of the column that was screened last, best first.
    private(set) var count = 0
    /// The score of the last of them, when there are as many as there may be, else 0.
    private(set) var lastScore: Float = 0

    private typealias Vector = SIMD8<Float>
    /// The best neighbours, which are fitted before the others come in.
    private static let firstCount = 64

    /// - Parameter inverseNorms: `1 / √G_ii` for every item.
    init(matrix: SolverMatrix, inverseNorms: [Float], settings: SLIMSettings) {
        self.matrix = matrix
        self.settings = settings
        self.inverseNorms = inverseNorms
        let neighbourCount = max(1, min(settings.neighbours, matrix.itemCount))
        scores = Self.allocate(GreatestValues.paddedCount(matrix.itemCount))
        capacity = (neighbourCount + Vector.scalarCount - 1) / Vector.scalarCount * Vector.scalarCount
        square = Self.allocate(capacity * capacity)
        residual = Self.allocate(capacity)
        inverseCurvature = Self.allocate(capacity)
        weights = Self.allocate(capacity)
        isFilled = .allocate(capacity: capacity)
        neighbours = .allocate(capacity: capacity)
    }

    private static func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: count * MemoryLayout<Float>.stride, alignment: MemoryLayout<Vector>.alignment)
        let pointer = bytes.bindMemory(to: Float.self, capacity: count)
        pointer.initialize(repeating: 0, count: count)
        return pointer
    }

    deinit {
        scores.deallocate()
        square.deallocate()
        residual.deallocate()
        inverseCurvature.deallocate()
        weights.deallocate()
        isFilled.deallocate()
        neighbours.deallocate()
    }

    /// Chooses the neighbours of an item.
    ///
    /// - Returns: The neighbours, best first; valid until the next call.
    mutating func screen(item: Int) -> UnsafeBufferPointer<Int32> {
        (count, lastScore) = (0, 0)
        let most = min(settings.neighbours, matrix.itemCount)
        guard most > 0, inverseNorms[item] > 0 else { return UnsafeBufferPointer(start: neighbours, count: 0) }
        let row = matrix.row(item)
        inverseNorms.withUnsafeBufferPointer { norms in
            for other in 0..<norms.count { scores[other] = SolverMatrix.value(row[other]) * norms[other] }
        }
        scores[item] = 0
        screening.choose(most, of: scores, itemCount: GreatestValues.paddedCount(matrix.itemCount))
        screening.sort()
        count = screening.count
        if count == most { lastScore = screening.value(at: count - 1) }
        for position in 0..<count { neighbours[position] = screening.items[position] }
        return UnsafeBufferPointer(start: neighbours, count: count)
    }

    /// The weights of the column that was screened last, ascending by item.
    mutating func solve(item: Int) -> SparseColumn {
        guard count > 0 else { return SparseColumn() }
        start(item: item)
        // What the best few leave unexplained decides which of the others count at all: most are never moved, nor their rows read.
        for part in Set([min(count, Self.firstCount), count]).sorted() {
            for _ in 0..<settings.maximumSweeps where sweep(part) <= settings.tolerance { break }
        }
        return result()
    }

    private mutating func start(item: Int) {
        ascending.removeAll(keepingCapacity: true)
        for position in 0..<count { ascending.append(UInt64(neighbours[position]) << 32 | UInt64(position)) }
        ascending.sort()
        let row = matrix.row(item)
        let penalty = settings.l1 * SolverMatrix.value(row[item]).squareRoot()
        for position in 0..<count {
            let neighbour = Int(neighbours[position])
            residual[position] = SolverMatrix.value(row[neighbour]) - penalty
            inverseCurvature[position] = 1 / (matrix[neighbour, neighbour] * settings.diagonalFactor + settings.l2)
            weights[position] = 0
            isFilled[position] = false
        }
    }

    /// One pass over the first coordinates; returns the greatest move.
    private func sweep(_ part: Int) -> Float {
        var greatest: Float = 0
        for position in 0..<part {
            let updated = max(0, residual[position] * inverseCurvature[position])
            let move = updated - weights[position]
            guard move != 0 else { continue }
            weights[position] = updated
            greatest = max(greatest, abs(move))
            subtract(squareRow(position), times: move)
        }
        return greatest
    }

    private func subtract(_ row: UnsafeMutablePointer<Float>, times factor: Float) {
        let rows = UnsafeRawPointer(row).assumingMemoryBound(to: Vector.self)
        let residuals = UnsafeMutableRawPointer(residual).assumingMemoryBound(to: Vector.self)
        for vector in 0..<(count + Vector.scalarCount - 1) / Vector.scalarCount {
            residuals[vector] -= rows[vector] * factor
        }
    }

    private func squareRow(_ position: Int) -> UnsafeMutablePointer<Float> {
        let row = square + position * capacity
        guard !isFilled[position] else { return row }
        isFilled[position] = true
        let entries = matrix.row(Int(neighbours[position]))
        for key in ascending {
            row[Int(truncatingIfNeeded: key & 0xFFFF_FFFF)] = SolverMatrix.value(
                entries[Int(truncatingIfNeeded: key >> 32)])
        }
        row[position] = 0
        return row
    }

    private func result() -> SparseColumn {
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

extension SparseColumn {
    /// What was selected, ascending by item, with its scores as weights.
    init(_ selection: TopSelection) {
        let pairs = zip(selection.items, selection.scores).sorted { $0.0 < $1.0 }
        self.init(items: pairs.map(\.0), weights: pairs.map(\.1))
    }
}
