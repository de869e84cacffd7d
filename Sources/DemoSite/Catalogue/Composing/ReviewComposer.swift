/// Writes reviews that agree with what their authors' lists say.
struct ReviewComposer {
    let entry: DemoAnime
    let theme: Theme

    func compose(id: Int, author: DemoUser, row: DemoListRow, _ random: inout SplitMix64) -> DemoReview {
        let rating = row.score > 0 ? row.score : random.int(in: 4...8)
        let isPreliminary = row.status != .completed
        let day = CivilDate(dayNumber: row.updatedAt / 86_400)
        return DemoReview(
            id: id, author: author.name, date: min(day, CivilDate.today), minute: random.below(1440),
            verdict: rating >= 7 ? .recommended : rating >= 5 ? .mixedFeelings : .notRecommended,
            preliminaryEpisodes: isPreliminary ? row.watchedEpisodes : nil, isSpoiler: random.chance(0.08),
            rating: rating,
            reactions: (0..<7).map { _ in random.chance(0.4) ? random.below(30) : 0 },
            text: text(rating, &random))
    }

    private func text(_ rating: Int, _ random: inout SplitMix64) -> String {
        let count = random.pick([1, 2, 2, 3, 4, 5])
        var paragraphs = (0..<count).map { _ in paragraph(rating, &random) }
        paragraphs.append(
            "Overall I give \(entry.title) \(rating) of 10 \(random.pick(["lanterns", "kettles", "paper cranes"])).")
        return paragraphs.joined(separator: "\n\n")
    }

    private func paragraph(_ rating: Int, _ random: inout SplitMix64) -> String {
        let points = random.pick(3, of: theme.talkingPoints)
        let mood = Self.moods[rating >= 7 ? 0 : rating >= 5 ? 1 : 2]
        let sentences = points.map { random.pick(mood).replacingStar(with: $0).sentenceCased }
        return sentences.joined(separator: " ") + " " + random.pick(theme.details)
    }

    private static let moods = [
        [
            "* alone would be worth your evening.", "I loved * from the first episode to the last.",
            "* left me smiling for days, and that doesn't happen often.", "rarely has * been done with so much care.",
            "what stays with me is *, beautiful and moving.",
        ],
        [
            "* is fine, but nothing more.", "I am of two minds about *.", "* starts well and then loses its way.",
            "some will enjoy *; I mostly looked at the clock.",
        ],
        [
            "* bored me.", "nothing could save *, least of all the budget.",
            "I dropped my tea when I saw * & never recovered.",
            "sadly * makes no sense at all.",
        ],
    ]
}
