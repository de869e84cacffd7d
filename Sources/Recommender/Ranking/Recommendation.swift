/// An anime to watch, and why.
public struct Recommendation: Sendable, Hashable {
    /// One anime on the list that speaks for a recommendation.
    public struct Contribution: Sendable, Hashable {
        /// The item on the list.
        public let item: Int32
        /// Its part of the score, above 0 to 1; all contributions to a score together make 1.
        public let share: Float
        /// The item between, when more of the part comes by a second step than directly: who likes `item` likes it, and who likes it the
        /// recommended one.
        public let way: Int32?

        /// Makes a contribution.
        public init(item: Int32, share: Float, way: Int32? = nil) {
            self.item = item
            self.share = share
            self.way = way
        }
    }

    /// The recommended item.
    public let item: Int32
    /// `Σ x_i · W_ij` times the list's lean for this item; only its order means something.
    public let score: Float
    /// The greatest summands of the score, greatest first.
    public let contributions: [Contribution]

    /// Makes a recommendation.
    public init(item: Int32, score: Float, contributions: [Contribution] = []) {
        self.item = item
        self.score = score
        self.contributions = contributions
    }
}
