/// Least squares with no negative value: minimises `½·x'Gx − b'x + l1·|x|₁ + ½·l2·|x|²` over `x ≥ 0` by coordinate descent.
struct NonNegativeLeastSquares: Sendable {
    private let gram: DenseMatrix
    private let l1: Double
    /// 1 / G's diagonal; 0 where that is 0.
    private let steps: [Double]

    /// - Parameter gram: `G`, square; `l2` is added to its diagonal.
    init(gram: DenseMatrix, l1: Double = 0, l2: Double = 0) {
        var gram = gram
        for index in 0..<gram.rowCount { gram[index, index] += l2 }
        self.gram = gram
        self.l1 = l1
        steps = (0..<gram.rowCount).map { gram[$0, $0] > 0 ? 1 / gram[$0, $0] : 0 }
    }

    /// One sweep over the coordinates of each row of `solutions`, whose `b` is the same row of `products`.
    ///
    /// - Returns: The sum of the absolute projected gradients: how far the rows were from their optimum.
    func descend(_ solutions: inout DenseMatrix, products: DenseMatrix) -> Double {
        let size = gram.rowCount
        var gradient = [Double](repeating: 0, count: size)
        var violation = 0.0
        let rowCount = solutions.rowCount
        solutions.values.withUnsafeMutableBufferPointer { solutions in
            products.values.withUnsafeBufferPointer { products in
                guard let solutions = solutions.baseAddress, let products = products.baseAddress else { return }
                for row in 0..<rowCount {
                    violation += sweep(solutions + row * size, products + row * size, &gradient)
                }
            }
        }
        return violation
    }

    /// The solution for one `b`, from 0 until no sweep moves anything by more than the tolerance times the greatest value.
    func solve(_ product: [Double], tolerance: Double = 1e-6, maximumSweeps: Int = 500) -> [Double] {
        var solution = [Double](repeating: 0, count: gram.rowCount)
        var gradient = solution
        guard gram.rowCount > 0 else { return solution }
        for _ in 0..<maximumSweeps {
            let before = solution
            _ = solution.withUnsafeMutableBufferPointer { solution in
                product.withUnsafeBufferPointer { product -> Double in
                    guard let solution = solution.baseAddress, let product = product.baseAddress else { return 0 }
                    return sweep(solution, product, &gradient)
                }
            }
            let move = zip(before, solution).reduce(0) { max($0, abs($1.0 - $1.1)) }
            if move <= tolerance * (solution.max() ?? 0) { break }
        }
        return solution
    }

    private func sweep(
        _ x: UnsafeMutablePointer<Double>, _ b: UnsafePointer<Double>, _ gradient: inout [Double]
    ) -> Double {
        gradient.withUnsafeMutableBufferPointer { gradient in
            gram.values.withUnsafeBufferPointer { gram in
                steps.withUnsafeBufferPointer { steps in
                    guard let g = gradient.baseAddress, let gram = gram.baseAddress, let steps = steps.baseAddress
                    else { return 0 }
                    return sweep(x, b, g, gram, steps, size: gradient.count)
                }
            }
        }
    }

    /// The gradient `G·x − b + l1` is kept up to date, so a coordinate that stays at 0 costs one comparison.
    private func sweep(
        _ x: UnsafeMutablePointer<Double>, _ b: UnsafePointer<Double>, _ g: UnsafeMutablePointer<Double>,
        _ gram: UnsafePointer<Double>, _ steps: UnsafePointer<Double>, size: Int
    ) -> Double {
        for index in 0..<size { g[index] = l1 - b[index] }
        for index in 0..<size where x[index] != 0 { addScaled(x[index], gram + index * size, to: g, count: size) }
        var violation = 0.0
        for index in 0..<size {
            violation += abs(x[index] == 0 ? min(0, g[index]) : g[index])
            guard steps[index] > 0 else { continue }
            let updated = max(0, x[index] - g[index] * steps[index])
            let move = updated - x[index]
            guard move != 0 else { continue }
            x[index] = updated
            addScaled(move, gram + index * size, to: g, count: size)
        }
        return violation
    }
}
