extension AnimeIndex {
    /// The topics that an anime's story has most of, with their words and shares, 0 to 1; none when it has no story.
    public func topics(of id: String, count: Int) -> [(words: [String], share: Double)] {
        guard let row = anime.row(of: id), Int(row) < topicShares.count else { return [] }
        return topicShares[Int(row)].enumerated().filter { $0.element > 0 }
            .sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }
            .prefix(count).map { (topics?.words(of: $0.offset, count: 6) ?? [], $0.element) }
    }

    /// Finds the entries that a list of another place means: by their keys where the index knows them, else by title.
    ///
    /// - Parameter wanted: Key and title of each.
    /// - Returns: The key that the index knows for each, nil for what it does not know.
    public func entries(meant wanted: [(key: String, title: String?)]) -> [String?] {
        wanted.map { key, title in
            if rowOfEntry[key] != nil { return key }
            return title.flatMap { entriesByTitle.entry(called: $0, among: anime.cards) }
        }
    }
}
