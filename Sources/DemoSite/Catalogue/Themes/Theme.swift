/// The vocabulary of one kind of story. In phrases `*` stands for an invented name.
///
/// Each theme has words of its own, so that a topic model can tell them apart.
struct Theme: Sendable {
    let key: String
    let genres: [String]
    let themes: [String]
    /// English words for titles, each with a reading in kana.
    let titleWords: [(english: String, kana: String)]
    let heroes: [String]
    let places: [String]
    /// Continues "… must" or "… wants to".
    let tasks: [String]
    /// Whole clauses: "the reactor fails".
    let troubles: [String]
    let companions: [String]
    /// Whole sentences.
    let details: [String]
    /// What reviewers talk about.
    let talkingPoints: [String]

    static let all: [Theme] = [
        space, school, sports, cooking, detective, magic, mecha, idols, countryside, historical,
    ]

    static func named(_ key: String) -> Theme { all.first { $0.key == key } ?? countryside }
}
