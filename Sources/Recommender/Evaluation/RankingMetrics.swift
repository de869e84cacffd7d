/// How good recommendation lists are, averaged over people.
public struct RankingMetrics: Sendable, Hashable {
    /// Averages for one notion of what is relevant.
    public struct Averages: Sendable, Hashable {
        /// Normalised discounted cumulative gain of the first 10.
        public var ndcg10 = 0.0
        /// Its standard error: the deviation between people over the root of their number.
        public var ndcg10Error = 0.0
        /// Normalised discounted cumulative gain of the first 100.
        public var ndcg100 = 0.0
        /// The share of the relevant items among the first 20, as far as 20 places can hold them.
        public var recall20 = 0.0
        /// The share among the first 50.
        public var recall50 = 0.0
        /// How many people have a relevant item.
        public var users = 0
        /// The gain of the first 10 of each of these people, in the order of `RankingEvaluation.users`.
        public var ndcg10ByUser: [Double] = []
    }

    /// Relevant: held-out items rated at least as well as the threshold.
    public var liked = Averages()
    /// Relevant: all held-out items.
    public var any = Averages()
    /// The share of the catalogue that stands in somebody's first 10.
    public var coverage10 = 0.0
    /// How many ratings an item of somebody's first 10 has on average.
    public var popularity10 = 0.0
    /// Items that were skipped because they were known, repeated or not in the catalogue.
    public var dropped = 0
}
