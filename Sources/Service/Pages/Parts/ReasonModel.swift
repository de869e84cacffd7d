import Indexing

/// Why an anime is recommended, for the template `reasons`.
struct ReasonModel: Sendable, Hashable {
    /// What stands before the anime or the words: "Because you liked".
    let lead: String
    /// The person's anime that speaks for it.
    var liked: AnimeLink?
    /// One that was liked together with it, and speaks for the recommended one.
    var through: AnimeLink?
    /// Words of the topic.
    var words: String?
    /// Its part of the score: 27 for 27 %; nil when there is none to state.
    var share: Int?

    init(_ reason: AnimeRecommendation.Reason) {
        switch reason {
        case .liked(let title, let share, let between):
            lead = "Because you liked"
            (liked, through) = (AnimeLink(title), between.map(AnimeLink.init))
            self.share = Self.percent(share)
        case .topic(let words, let share):
            lead = "Its story is about"
            self.words = words.joined(separator: ", ")
            self.share = Self.percent(share)
        case .popular: lead = "Many people watch it"
        }
    }

    private static func percent(_ share: Double) -> Int { Int((min(max(share, 0), 1) * 100).rounded()) }
}

/// A link to the page of an anime.
struct AnimeLink: Sendable, Hashable {
    let title: String
    let address: String

    init(_ id: String) {
        title = id
        address = "/anime/\(FormFields.encoded(id))"
    }
}
