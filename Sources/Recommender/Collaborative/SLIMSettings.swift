/// How item weights are fitted to a Gram matrix. The standard values were tuned on 330,000 ratings of 4,700 anime.
public struct SLIMSettings: Sendable, Hashable {
    /// How many co-rated items may get a weight in a column: those with the greatest `G_ij / √G_ii`.
    public var neighbours: Int
    /// The penalty on the sum of the weights, times `√G_jj`, the length of the column's ratings; keeps columns short.
    public var l1: Float
    /// The penalty on the sum of their squares, in the unit of `G`: squared weights of lists.
    public var l2: Float
    /// What the diagonal is multiplied with; above 1 it shrinks the weights of items in proportion to how often they were rated.
    public var diagonalFactor: Float
    /// A column is done when no weight moves by more than this in a sweep.
    public var tolerance: Float
    /// A column is done after so many sweeps at the latest.
    public var maximumSweeps: Int

    /// Makes settings; the defaults are the tuned ones.
    public init(
        neighbours: Int = 300, l1: Float = 0.67, l2: Float = 40, diagonalFactor: Float = 1.2, tolerance: Float = 1e-3,
        maximumSweeps: Int = 200
    ) {
        self.neighbours = neighbours
        self.l1 = l1
        self.l2 = l2
        self.diagonalFactor = diagonalFactor
        self.tolerance = tolerance
        self.maximumSweeps = maximumSweeps
    }
}
