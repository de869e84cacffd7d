/// Looks one step further: the best items for a list speak for others as if they were on it, each with its score as weight.
///
/// It finds what is close to what one is about to like, and lifts the ranking by about one part in a hundred. Scores stay linear
/// in the list, so the reasons stay true.
public struct Expansion: Sendable, Hashable {
    /// How many of the best items speak for others.
    public var count: Int
    /// What their scores are multiplied with.
    public var strength: Float

    /// Makes an expansion; the defaults are the tuned ones.
    public init(count: Int = 30, strength: Float = 0.8) {
        self.count = count
        self.strength = strength
    }

    /// No second step: plain `x·W`.
    public static let none = Expansion(count: 0)
}
