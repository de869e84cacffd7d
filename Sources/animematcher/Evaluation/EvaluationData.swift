import CrawlEngine
import Recommender

/// All that an evaluation is about, people and items by number.
///
/// Items are numbered by how many rated them, the most rated first, so that ties of any method go to the more popular.
struct EvaluationData: Sendable {
    let users: [Identifier]
    let items: [Identifier]
    let scale: RatingScale
    /// What models learn from: ratings above 0.
    let train: RatingLists
    /// What is known of the people who are scored: their part of `train`, or what is folded in.
    let known: RatingLists
    /// What people watched without a score, as far as it is neither rated nor held out.
    let history: RatingLists
    let evaluation: RankingEvaluation
    /// Whether only named candidates are recommended that nobody has rated.
    let areCandidatesCold: Bool
    /// What is known of each item besides; empty when no file of items was given.
    let facts: [ItemFacts?]

    var itemCount: Int { items.count }

    /// A title per item, empty where none is known; nil when none is.
    var titles: [String]? {
        let titles = facts.map { $0?.titles.first ?? "" }
        return titles.contains { !$0.isEmpty } ? titles : nil
    }
}
