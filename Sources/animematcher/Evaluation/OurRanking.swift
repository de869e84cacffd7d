/// One fitted model of ours, as two ways to score items.
struct OurRanking: Sendable {
    /// For lists of everything that a person has not rated.
    let ofEverything: ScoringMethod
    /// For lists of what is new to a person, which lean otherwise.
    let ofNews: ScoringMethod
}
