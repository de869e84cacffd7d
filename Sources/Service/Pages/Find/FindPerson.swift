import Indexing
import WebStandards

/// Whose taste the page answers to: a stored list, one that was brought, or marks alone.
struct FindPerson: Sendable {
    /// Rows of a list, as `users` has them; nil when there is none.
    let rows: [JSONValue]?
    let likes: [String]
    let dislikes: [String]

    /// What a mark weighs beside a list.
    private static let (likedScore, dislikedScore) = (9, 2)

    func recommendations(_ options: RecommendationOptions, in index: AnimeIndex) throws(IndexError)
        -> [AnimeRecommendation]
    {
        guard let rows else { return try index.recommend(likes: likes, dislikes: dislikes, options) }
        let marks = marks(likes, Self.likedScore, index) + marks(dislikes, Self.dislikedScore, index)
        return index.recommend(to: ["_id": "page", "list": .array(rows + marks)], options)
    }

    private func marks(_ ids: [String], _ score: Int, _ index: AnimeIndex) -> [JSONValue] {
        ids.compactMap { index.card($0)?.entries.first }.map {
            ["entry_id": .string($0), "score": .int(Int64(score)), "status": "completed"]
        }
    }
}
