/// How good recommendation lists are, averaged over people.
public struct RankingMetrics: Sendable, Hashable {
    /// Averages for one notion of what is relevant.
    public struct Averages: Sendable, Hashable {
        /// Normalised discounted cumulative gain of the first 10.
        public var ndcg10 = 0.0
        /// Normalised discounted cumulative gain of the first 100.
        public var ndcg100 = 0.0
        /// The share of the relevant items among the first 20, as far as 20 places can hold them.
        public var recall20 = 0.0
        /// The share among the first 50.
        public var recall50 = 0.0
        /// How many people have a relevant item.
        public var users = 0
    }

    /// Relevant: held-out items rated at least as well as the threshold.
    public var liked = Averages()
    /// Relevant: all held-out items.
    public var any = Averages()
    /// The share of the catalogue that stands in somebody's first 10.
    public var coverage10 = 0.0
    /// Items that were skipped because they were known, doubled or not in the catalogue.
    public var dropped = 0
}
