import Indexing

/// An anime in a list, for the template `card`.
struct AnimeCardModel: Sendable, Hashable {
    let id: String
    let address: String
    let cover: CoverModel
    /// "TV · 2005 · Slice of Life"; nil when nothing is known.
    let facts: String?
    var reasons: [ReasonModel] = []
    /// Whether it can be marked as liked or not.
    var canBeMarked = true

    /// Anime to name as reasons; more would be read by nobody.
    private static let mostLiked = 2

    init(_ card: AnimeCard) {
        id = card.id
        address = AnimeLink(card.id).address
        cover = CoverModel(title: card.id, imageURL: card.imageURL)
        let parts = [card.type, card.year.map(String.init)].compactMap(\.self) + card.genres.prefix(3)
        facts = parts.isEmpty ? nil : parts.joined(separator: " · ")
    }

    init(_ recommendation: AnimeRecommendation) {
        self.init(recommendation.anime)
        let (liked, others) = (recommendation.reasons.filter(\.isLiked), recommendation.reasons.filter { !$0.isLiked })
        let stated = Set(liked.prefix(Self.mostLiked) + others.prefix(liked.isEmpty ? Self.mostLiked : 1))
        reasons = recommendation.reasons.filter(stated.contains).map(ReasonModel.init)
    }
}

extension AnimeRecommendation.Reason {
    fileprivate var isLiked: Bool {
        if case .liked = self { return true }
        return false
    }
}
