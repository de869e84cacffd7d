/// How much each person's list counts in a Gram matrix.
///
/// A matrix of equal lists is the work of the few people with the longest ones: a list of 1,000 anime adds a million entries, one of 30
/// adds 900. Balancing them lifts the ranking for everybody else. The weight is an integer and a function of the list alone, so what was
/// added can be taken away exactly.
public enum ListWeighting: Sendable, Hashable {
    /// Every list counts once: the plain `Σ x·xᵀ`.
    case equal
    /// A list counts `32 ÷ ⁴√|x|²`, rounded, at least once: 13 times for five anime with the greatest weight, 3 times for 300.
    case balanced

    /// How often a list counts.
    public func weight(of list: SparseVector) -> Int32 {
        switch self {
        case .equal: return 1
        case .balanced:
            // IEEE 754 rounds square roots correctly, so this integer is the same everywhere.
            let length = Double(max(list.squaredNorm, 1)).squareRoot().squareRoot()
            return max(1, Int32((32 / length).rounded()))
        }
    }

    /// What entries are multiplied with to stay in the unit of squared weights of lists: about one over the mean weight of a list,
    /// taken over its entries. A power of 2, so that nothing is rounded.
    public var unit: Float {
        switch self {
        case .equal: 1
        case .balanced: 0.25
        }
    }
}
