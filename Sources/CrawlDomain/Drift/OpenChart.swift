/// How far a control chart of a rate has come, beside what it knows to be usual.
public struct OpenChart: Sendable, Hashable {
    /// One block.
    public struct Block: Sendable, Hashable {
        /// Items of which it was so.
        public let hits: Double
        /// Items looked at.
        public let items: Double

        /// Makes a block.
        public init(hits: Double, items: Double) {
            self.hits = hits
            self.items = items
        }
    }

    /// The smoothed deviation, in standard deviations.
    public var deviation = 0.0
    /// The weight in it of what was before the first block; 1 before there was one.
    public var forgotten = 1.0
    /// The smoothed rate.
    public var seen: Double?
    /// Blocks that are not learnt yet, the oldest first.
    public var waiting: [Block] = []

    /// Of no block yet.
    public init() {}
}
