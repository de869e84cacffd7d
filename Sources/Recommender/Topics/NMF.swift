/// Finds topics: writes documents × terms as documents × topics times topics × terms, with no value below 0.
///
/// Minimises `½·|X − W·H|²` plus penalties by cyclic coordinate descent from an NNDSVD start. Deterministic.
///
/// Source: Cichocki & Phan, "Fast Local Algorithms for Large Scale Nonnegative Matrix and Tensor Factorizations", IEICE E92-A(3), 2009;
/// stopping rule and penalties as scikit-learn's `NMF(solver="cd")`.
public struct NMF: Sendable, Hashable {
    /// How many topics.
    public var topicCount: Int
    /// The strength of the penalties; multiplied with the number of terms for `W` and of documents for `H`, so that it does not
    /// depend on their numbers.
    public var penalty: Double
    /// The part of the penalty on the sum of the values (the rest is on the sum of their squares), 0 to 1.
    public var l1Ratio: Double
    /// Done when the violation of the optimality conditions falls to this part of what it was after the first iteration.
    public var tolerance: Double
    /// Done after so many iterations at the latest.
    public var maximumIterations: Int
    /// The seed of the singular vectors.
    public var seed: UInt64

    /// Makes settings.
    public init(
        topicCount: Int = 30, penalty: Double = 0, l1Ratio: Double = 0.5, tolerance: Double = 1e-4,
        maximumIterations: Int = 100,
        seed: UInt64 = 1
    ) {
        self.topicCount = topicCount
        self.penalty = penalty
        self.l1Ratio = l1Ratio
        self.tolerance = tolerance
        self.maximumIterations = maximumIterations
        self.seed = seed
    }

    /// What came of a fit.
    public struct Fit: Sendable {
        /// The topics, to fold in new documents.
        public let model: TopicModel
        /// How much of each topic each document has, `documents × topics`.
        public let documents: DenseMatrix
        /// How many iterations it took.
        public let iterations: Int
        /// `|X − W·H|`, the Frobenius norm.
        public let error: Double
    }

    /// Fits topics to documents.
    public func fit(_ matrix: SparseMatrix) -> Fit {
        let start = NNDSVD(matrix, rank: max(0, topicCount), seed: seed)
        var (w, h) = (start.left, start.right)
        let turned = matrix.transposed
        var (first, iterations) = (0.0, 0)
        while iterations < maximumIterations {
            iterations += 1
            var violation = problem(for: h, factor: matrix.columnCount).descend(&w, products: matrix.times(h))
            violation += problem(for: w, factor: matrix.rowCount).descend(&h, products: turned.times(w))
            if iterations == 1 { first = violation }
            if first == 0 || violation / first <= tolerance { break }
        }
        return Fit(
            model: TopicModel(topics: h.transposed, penalty: penalty, l1Ratio: l1Ratio), documents: w,
            iterations: iterations,
            error: error(of: matrix, w, h))
    }

    private func problem(for fixed: DenseMatrix, factor: Int) -> NonNegativeLeastSquares {
        let scaled = penalty * Double(factor)
        return NonNegativeLeastSquares(gram: fixed.columnProducts, l1: scaled * l1Ratio, l2: scaled * (1 - l1Ratio))
    }

    /// `|X|² − 2·⟨X·H, W⟩ + ⟨WᵀW, HᵀH⟩`, so that the dense product is never made.
    private func error(of matrix: SparseMatrix, _ w: DenseMatrix, _ h: DenseMatrix) -> Double {
        let mixed = zip(matrix.times(h).values, w.values).reduce(0) { $0 + $1.0 * $1.1 }
        let squares = zip(w.columnProducts.values, h.columnProducts.values).reduce(0) { $0 + $1.0 * $1.1 }
        return max(0, matrix.squaredNorm - 2 * mixed + squares).squareRoot()
    }
}
