/// Ridge regression of people's factors on which items they rated: one row of factors an item, whose sum over a list, divided by the root of the
/// list's length, is what the choice of items lets expect.
///
/// Source: conjugate gradients on the normal equations, a right side a factor; Golub & Van Loan, "Matrix Computations", 4th ed., section 11.3.
struct PresenceRegression {
    private let lists: [RatedList]
    private let raters: RaterIndex
    private let scales: [Double]
    private let width: Int
    private let penalty: Double
    private static let steps = 15

    init(_ lists: [RatedList], raters: RaterIndex, width: Int, penalty: Double) {
        self.lists = lists
        self.raters = raters
        self.width = width
        self.penalty = penalty
        scales = lists.map { 1 / Double(max(1, $0.count)).squareRoot() }
    }

    /// - Parameters:
    ///   - targets: `width` values a person.
    ///   - start: `width` values an item, from which the search starts.
    func solve(_ targets: [Double], from start: [Double]) -> [Double] {
        var solution = start
        let product = normal(solution)
        var residual = transposed(targets)
        for index in residual.indices { residual[index] -= product[index] }
        var direction = residual
        var lengths = columnProducts(residual, residual)
        for _ in 0..<Self.steps {
            let image = normal(direction)
            let curvature = columnProducts(direction, image)
            let steps = zip(lengths, curvature).map { $0 / max($1, 1e-30) }
            for index in solution.indices {
                solution[index] += steps[index % width] * direction[index]
                residual[index] -= steps[index % width] * image[index]
            }
            let updated = columnProducts(residual, residual)
            let ratios = zip(updated, lengths).map { $0 / max($1, 1e-30) }
            for index in direction.indices {
                direction[index] = residual[index] + ratios[index % width] * direction[index]
            }
            lengths = updated
        }
        return solution
    }

    /// `(Zᵀ·Z + penalty)·x`, where row `u` of `Z` has `1/√count` at the items of list `u`.
    private func normal(_ vector: [Double]) -> [Double] {
        var result = transposed(forward(vector))
        for index in result.indices { result[index] += penalty * vector[index] }
        return result
    }

    private func forward(_ vector: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: lists.count * width)
        for (person, list) in lists.enumerated() {
            for item in list.items {
                let source = Int(item) * width
                for index in 0..<width { result[person * width + index] += vector[source + index] }
            }
            for index in 0..<width { result[person * width + index] *= scales[person] }
        }
        return result
    }

    private func transposed(_ vector: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: raters.itemCount * width)
        for (person, list) in lists.enumerated() {
            for item in list.items {
                let target = Int(item) * width
                for index in 0..<width { result[target + index] += scales[person] * vector[person * width + index] }
            }
        }
        return result
    }

    private func columnProducts(_ left: [Double], _ right: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: width)
        for index in left.indices { sums[index % width] += left[index] * right[index] }
        return sums
    }
}
