import CrawlEngine
import Recommender

/// Fits our own models to the data of an evaluation.
struct OurFitting {
    /// More items than this are too many for matrices of items: what hardly anybody rated is left out of them.
    static let mostItems = 20_000

    let data: EvaluationData
    let threads: Int
    private let weights = PreferenceWeights.standard

    init(data: EvaluationData, threads: Int) {
        self.data = data
        self.threads = threads
    }

    /// Items are numbered by how many rated them, so these are the most rated.
    private var itemCount: Int { min(data.itemCount, Self.mostItems) }

    /// From ratings alone.
    func fromRatings() -> OurRanking { ranking("ours, ratings alone", side: nil) }

    /// From ratings and what is known of the items.
    func withSide() -> OurRanking {
        let pipeline = TextPipeline()
        let descriptions = data.facts.prefix(itemCount).map { facts in
            facts.map { ItemDescription($0, pipeline) } ?? ItemDescription()
        }
        return ranking("ours", side: SideInformation(descriptions))
    }

    private func ranking(_ name: String, side: SideInformation?) -> OurRanking {
        var gram = GramMatrix(itemCount: itemCount, lists: .balanced)
        for user in 0..<data.train.userCount { gram.add(vector(data.train[user], user)) }
        let model = ItemWeights.solve(gram: gram, side: side, threads: threads)
        return OurRanking(
            ofEverything: scoring(name, by: model, lean: PopularityLean()),
            ofNews: scoring(name, by: model, lean: .discovery))
    }

    private func scoring(_ name: String, by model: ItemWeights, lean: PopularityLean) -> ScoringMethod {
        ScoringMethod(name: name) { [self] user, scores in
            let list = vector(data.known[user], user)
            if data.areCandidatesCold {
                // What speaks for items that nobody rated has no second step, and they are neither popular nor not.
                model.accumulateScores(for: list, into: &scores)
            } else {
                let unwanted = data.known[user].items + data.history[user].items
                scores = model.scored(list, excluding: unwanted, lean: lean).scores
            }
            if scores.count < data.itemCount {
                scores += Array(repeating: 0, count: data.itemCount - scores.count)
            }
        }
    }

    /// What a person rated, and what they watched without a score.
    private func vector(_ list: RatingList, _ user: Int) -> SparseVector {
        let rated = zip(list.items, list.values).map {
            (item: $0, weight: weights.weight(score: data.scale.tenPoint($1)))
        }
        let unscored = weights.weight(score: 0, status: .completed)
        let watched = data.history[user].items.map { (item: $0, weight: unscored) }
        return SparseVector((rated + watched).filter { $0.item < itemCount })
    }

    /// Predicts ratings; of items that too few rated from what is usual for the person and the item.
    func predictor() -> RatingMethod {
        let lists = data.train.rated(below: itemCount)
        let model = RatingPredictor.fit(lists, itemCount: itemCount, threads: threads)
        guard itemCount < data.itemCount else { return RatingMethod("ours", model, data, threads) }
        let biases = BiasBaseline.fit(data.train.rated(), itemCount: data.itemCount)
        let rare = RatingMethod("", biases, data, threads)
        let frequent = RatingMethod("ours", model, data, threads)
        return RatingMethod(name: "ours") { [itemCount] test in
            zip(test.items, zip(frequent.predict(test), rare.predict(test))).map { $0 < itemCount ? $1.0 : $1.1 }
        }
    }
}

extension ItemDescription {
    /// Descriptions shorter than this say nothing.
    private static let shortestSynopsis = 140

    fileprivate init(_ facts: ItemFacts, _ pipeline: TextPipeline) {
        let synopsis = facts.synopsis.flatMap { $0.utf8.count >= Self.shortestSynopsis ? $0 : nil }
        self.init(
            titles: facts.titles, studios: facts.studios, type: facts.type, source: facts.source, year: facts.year,
            episodes: facts.episodes.flatMap { $0 > 0 ? $0 : nil }, genres: facts.genres, themes: facts.themes,
            demographics: facts.demographics, members: facts.members.flatMap { $0 > 0 ? $0 : nil },
            score: facts.score.flatMap { $0 > 0 ? $0 : nil }, terms: synopsis.map(pipeline.terms) ?? [])
    }
}
