/// How often something was so, in blocks of items: sums, so that days and processes can be added up.
public struct RateSums: Sendable, Hashable {
    /// Items looked at.
    public var items: Double
    /// Items of which it was so.
    public var hits: Double
    /// Σ hits²/items over the blocks, from which follows how much blocks differ.
    public var squares: Double
    /// Blocks added up.
    public var blocks: Double

    /// Makes sums; empty by default.
    public init(items: Double = 0, hits: Double = 0, squares: Double = 0, blocks: Double = 0) {
        self.items = items
        self.hits = hits
        self.squares = squares
        self.blocks = blocks
    }

    /// The rate, drawn a little towards one half so that it is never 0 or 1.
    public var rate: Double { (hits + 0.5) / (items + 1) }

    /// By how much the variance between blocks exceeds a binomial one; 1 at least.
    ///
    /// Pearson's χ² over its degrees of freedom: blocks of one page, of one season or of one day are alike, so they differ from each other by
    /// more than chance. Few blocks are not trusted to show all of it.
    ///
    /// Source: McCullagh & Nelder, "Generalized Linear Models", 2nd edition 1989, section 4.5.
    public var dispersion: Double {
        guard blocks > 0, items > 0 else { return 1 }
        let rate = rate
        let deviation = max(0, squares - 2 * rate * hits + rate * rate * items)
        return max(1, deviation / (rate * (1 - rate)) / blocks * (1 + 4 / blocks))
    }

    /// Adds one block.
    public mutating func add(hits: Double, of items: Double) {
        guard items > 0 else { return }
        self += RateSums(items: items, hits: hits, squares: hits * hits / items, blocks: 1)
    }

    /// Adds other sums.
    public static func += (left: inout Self, right: Self) {
        left.items += right.items
        left.hits += right.hits
        left.squares += right.squares
        left.blocks += right.blocks
    }

    /// The same rates as of fewer items, so that newer ones count more.
    public func scaled(by factor: Double) -> Self {
        RateSums(items: items * factor, hits: hits * factor, squares: squares * factor, blocks: blocks * factor)
    }
}
