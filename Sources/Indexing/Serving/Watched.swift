import Recommender

/// What a person has to do with an anime on their list.
enum Watched: Sendable, Hashable {
    /// Begun or finished, and not disliked.
    case seen
    /// Dropped, or scored badly.
    case givenUp
    /// To be watched some day.
    case planned

    /// Scores up to this one say that it was not liked.
    static let badScore = 4

    init(score: UInt8, status: ListedEntry.Status?) {
        if status == .planToWatch && score == 0 {
            self = .planned
        } else if status == .dropped || (score > 0 && Int(score) <= Self.badScore) {
            self = .givenUp
        } else {
            self = .seen
        }
    }

    /// Of two entries of one anime the one that says more.
    func combined(with other: Watched) -> Watched {
        if self == .seen || other == .seen { return .seen }
        return self == .givenUp || other == .givenUp ? .givenUp : .planned
    }
}
