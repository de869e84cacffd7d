import Recommender

extension AnimeTable {
    /// What is known of every anime without ratings, row by row.
    ///
    /// - Parameter terms: Row → the terms of its descriptions.
    func descriptions(terms: [[String]]) -> [ItemDescription] {
        cards.enumerated().map { row, card in
            guard let card else { return ItemDescription() }
            return ItemDescription(
                titles: card.titles, studios: card.studios, type: card.type, source: card.source, year: card.year,
                genres: card.genres, themes: card.themes, demographics: card.demographics,
                members: card.members > 0 ? card.members : nil, score: card.score,
                related: Set((card.apart + card.related).compactMap(owner)).sorted().map {
                    ItemDescription.Link(item: $0)
                },
                terms: row < terms.count ? terms[row] : [])
        }
    }
}
