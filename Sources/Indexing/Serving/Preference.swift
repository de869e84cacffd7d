import Recommender

/// What a list says about every anime: what people like together with it, and what its stories are about. Every part of a score is known.
struct Preference {
    /// One score per row.
    let scores: [Float]
    private let scored: ScoredList
    private let profile: [Float]
    private let profiles: TopicProfiles
    /// What the two kinds of score are multiplied with before they are added.
    private let scales: (collaborative: Float, story: Float)

    /// - Parameters:
    ///   - unwanted: What must not speak for others although it is not on the list: what was seen without liking it.
    ///   - storyShare: How much the story counts against what people like together, 0 to 1.
    ///   - lean: How much the length of the list makes what many like better or worse.
    init(
        _ list: SparseVector, unwanted: [Int32], in index: AnimeIndex, storyShare: Double,
        lean: PopularityLean = PopularityLean()
    ) {
        scored = index.weights.scored(list, excluding: unwanted, lean: lean)
        profiles = index.profiles
        let share = Float(min(max(storyShare, 0), 1))
        profile =
            share > 0 ? profiles.profile(of: zip(list.items, list.weights).map { ($0, Float(max(0, $1))) }) : []
        let likenesses = profile.isEmpty ? [] : profiles.likenesses(to: profile)
        scales = (Self.scale(scored.scores, to: profile.isEmpty ? 1 : 1 - share), Self.scale(likenesses, to: share))
        let (factor, other, count) = (scales.collaborative, scales.story, index.anime.count)
        var sums = Array(repeating: Float(0), count: count)
        let together = scored.scores
        sums.withUnsafeMutableBufferPointer { sums in
            together.withUnsafeBufferPointer { own in
                for row in 0..<min(count, own.count) { sums[row] = factor * own[row] }
            }
            likenesses.withUnsafeBufferPointer { own in
                for row in 0..<min(count, own.count) { sums[row] += other * own[row] }
            }
        }
        scores = sums
    }

    /// Brings the greatest value to `top`, so that two kinds of score can be added.
    private static func scale(_ values: [Float], to top: Float) -> Float {
        let greatest = Ranking.greatest(of: values)
        return greatest > 0 ? top / greatest : 0
    }

    /// Why an anime has its score: the greatest summands with their shares of it.
    func reasons(for row: Int32, count: Int, in index: AnimeIndex) -> [AnimeRecommendation.Reason] {
        let score = scores[Int(row)]
        guard score > 0, count > 0 else { return [] }
        let collaborative = Int(row) < scored.scores.count ? scales.collaborative * scored.scores[Int(row)] / score : 0
        let liked = scored.contributions(to: row, count: count).compactMap {
            part -> (Float, AnimeRecommendation.Reason)? in
            guard let card = index.card(row: part.item) else { return nil }
            let share = part.share * collaborative
            let between = part.way.flatMap { index.card(row: $0)?.id }
            return (share, .liked(card.id, share: Double(share), through: between))
        }
        let topics = topicShares(of: row, score).prefix(count).map { topic, share in
            (share, AnimeRecommendation.Reason.topic(words: index.topicLabels[topic], share: Double(share)))
        }
        return (liked + topics).filter { $0.0 >= Self.leastShare }.sorted { $0.0 > $1.0 }.map(\.1)
    }

    /// A reason with a smaller part of the score than this says nothing.
    private static let leastShare: Float = 0.005

    private func topicShares(of row: Int32, _ score: Float) -> [(topic: Int, share: Float)] {
        guard !profile.isEmpty, let own = profiles[row] else { return [] }
        return zip(profile, own).enumerated()
            .map { (topic: $0.offset, share: scales.story * $0.element.0 * $0.element.1 / score) }
            .filter { $0.share > 0 }
            .sorted { $0.share > $1.share || ($0.share == $1.share && $0.topic < $1.topic) }
    }
}
