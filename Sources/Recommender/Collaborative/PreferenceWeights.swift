/// What a list entry says about its owner's taste, as a small integer.
///
/// Small integers keep the Gram matrix exact. Telling *watched and liked* from *watched* is what lifts the ranking of liked items: with
/// `max(0, score − 4)` an entry scored 10 counts six times one scored 5, and one scored 4 or less does not count.
public struct PreferenceWeights: Sendable, Hashable {
    /// What a person did with an anime.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        /// Being watched.
        case watching
        /// Watched to the end.
        case completed
        /// Put aside.
        case onHold = "on_hold"
        /// Given up.
        case dropped
        /// To be watched some day.
        case planToWatch = "plan_to_watch"
    }

    /// The weight of each score from 1 to 10, at the index of the score; index 0 is not used.
    public var byScore: [Int32]
    /// The weight of an entry without a score, by its status; 0 for a status that is missing.
    public var unscored: [Status: Int32]
    /// Statuses whose scored entries count nothing.
    public var ignoredStatuses: Set<Status>

    /// Makes a table.
    public init(byScore: [Int32], unscored: [Status: Int32] = [:], ignoredStatuses: Set<Status> = []) {
        self.byScore = byScore
        self.unscored = unscored
        self.ignoredStatuses = ignoredStatuses
    }

    /// `max(0, score − 4)`; watched without a score counts as a score of 6.
    ///
    /// Of 1, 2, 3 and 4, a weight of 2 for what was watched and not scored ranked best on ratings held out. Nobody published lists with
    /// statuses that the others could be measured on, so they follow from it: what is being watched counts like what was, what was put
    /// aside half of it, and what was given up or is only planned says nothing about taste.
    public static let standard = PreferenceWeights(
        byScore: [0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6], unscored: [.completed: 2, .watching: 2, .onHold: 1])

    /// The weight of an entry.
    ///
    /// - Parameters:
    ///   - score: 1 to 10; 0 when unscored. Scores outside the table count as unscored.
    ///   - status: What the person did with the anime, if known.
    public func weight(score: Int, status: Status? = nil) -> Int32 {
        if let status, ignoredStatuses.contains(status) { return 0 }
        if score > 0, score < byScore.count { return byScore[score] }
        guard let status else { return 0 }
        return unscored[status] ?? 0
    }
}
