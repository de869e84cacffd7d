import CrawlEngine
import Recommender

/// Fits our own model to the data of an evaluation.
struct OurFitting {
    let data: EvaluationData
    let threads: Int

    private typealias Weight = @Sendable (Double) -> Int32

    private var weight: Weight {
        { [scale = data.scale] in PreferenceWeights.standard.weight(score: scale.tenPoint($0)) }
    }

    /// From ratings alone.
    func fromRatings() -> ScoringMethod { method("ours, ratings alone", side: nil) }

    /// From ratings and what is known of the items.
    func withSide() -> ScoringMethod {
        let pipeline = TextPipeline()
        let descriptions = data.facts.map { facts in
            ItemDescription(
                titles: facts?.titles ?? [], studios: facts?.studios ?? [], type: facts?.type,
                terms: facts?.synopsis.map(pipeline.terms) ?? [])
        }
        return method("ours", side: SideInformation(descriptions))
    }

    private func method(_ name: String, side: SideInformation?) -> ScoringMethod {
        var gram = GramMatrix(itemCount: data.itemCount)
        for user in 0..<data.train.userCount { gram.add(data.train[user].vector(weight)) }
        let model = ItemWeights.solve(gram: gram, side: side, threads: threads)
        return ScoringMethod(name: name) { [known = data.known, weight] user, scores in
            let list = known[user]
            scores = model.scored(list.vector(weight), excluding: list.items).scores
        }
    }
}
