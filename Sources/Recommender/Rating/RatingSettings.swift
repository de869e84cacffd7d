/// How ratings are predicted. The standard values were tuned on 295,000 ratings of 4,700 anime; none of them depends on the scale.
public struct RatingSettings: Sendable, Hashable {
    /// The spread of a person's ratings before any is known, as a share of the width of the scale.
    public var priorDeviation = 0.15
    /// As how many ratings that spread counts.
    public var deviationSupport = 5.0
    /// As how many ratings the level of all people counts in a person's own.
    public var levelSupport = 2.0
    /// As how many ratings "neither better nor worse than others" counts in an item's effect.
    public var effectSupport = 2.0
    /// As how many common raters what the audiences say counts in the correlation of two items' ratings.
    public var correlationSupport = 800.0
    /// The correlation of the ratings that is expected of two items, divided by the correlation of their audiences.
    public var audienceSlope = 1.3
    /// How many rated items, those with the greatest correlations, speak for an item.
    public var neighbours = 40
    /// The part of a rating that no other explains, in units of a person's variance.
    public var noise: Float = 0.05
    /// How many latent factors are fitted; 0 for none.
    public var factors = 8
    /// How often the latent factors are improved.
    public var factorIterations = 14
    /// The penalty on what having rated an item says of a person's factors.
    public var presencePenalty = 3.0
    /// Seed of the factors' first values and of the choice of the ratings that the parts are weighed on.
    public var seed: UInt64 = 1

    /// The tuned settings.
    public init() {}
}
