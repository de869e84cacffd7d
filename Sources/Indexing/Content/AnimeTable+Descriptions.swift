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
                recommended: links(card.recommended, of: Int32(row)), terms: row < terms.count ? terms[row] : [])
        }
    }

    /// The anime that people recommend beside one, with the votes for their entries together.
    ///
    /// Votes are brought down to the power of 2 below: one more or less mostly changes nothing that depends on them.
    private func links(_ recommended: [AnimeCard.Recommended], of row: Int32) -> [ItemDescription.Link] {
        var votes: [Int32: Int] = [:]
        for one in recommended where one.votes > 0 {
            guard let other = owner(of: one.entry), other != row else { continue }
            votes[other, default: 0] += min(one.votes, 1 << 40)
        }
        return votes.sorted { $0.key < $1.key }.map { item, votes in
            ItemDescription.Link(item: item, votes: 1 << (Int.bitWidth - 1 - votes.leadingZeroBitCount))
        }
    }
}
