import CrawlEngine
import Recommender

/// Fits baselines to the data of an evaluation.
struct BaselineFitting {
    let data: EvaluationData
    let threads: Int

    /// "Watched and liked" told from "watched", in eighths: the best input of Gram-based peers where liking counts.
    static func graded(_ score: Int) -> Int32 { score >= 8 ? 8 : score >= 6 ? 4 : score > 0 ? 1 : 0 }

    /// How it ranks, and how it predicts ratings, as far as it does.
    ///
    /// - Throws: ``Failure`` when a method cannot be fitted.
    func methods(_ baseline: Baseline) throws -> (ranking: ScoringMethod?, prediction: RatingMethod?) {
        switch baseline {
        case .nmf: return nmf
        case .sitePopularity: return (sitePopularity, nil)
        case .mean: return (nil, predicting("mean", MeanBaseline.fit(data.train.rated())))
        case .biases:
            return (nil, predicting("biases", BiasBaseline.fit(data.train.rated(), itemCount: data.itemCount)))
        case .ratingNeighbours:
            let model = NeighbourBaseline.fit(data.train.rated(), itemCount: data.itemCount)
            return (nil, predicting("KNNBaseline", model))
        default: return (try ranking(baseline), nil)
        }
    }

    private func predicting(_ name: String, _ model: some RatingModel) -> RatingMethod {
        RatingMethod(name, model, data, threads)
    }

    /// By how many people list an item at its site; nil where no file of items says so.
    private var sitePopularity: ScoringMethod? {
        var members = data.facts.map { Float($0?.members ?? 0) }
        guard members.contains(where: { $0 > 0 }) else { return nil }
        members += Array(repeating: 0, count: data.itemCount - members.count)
        return ScoringMethod(name: "popularity at the site") { [members] _, scores in scores = members }
    }

    /// The original system's.
    private var nmf: (ScoringMethod, RatingMethod) {
        let model = MaskedNMF.fit(data.train.rated(), itemCount: data.itemCount)
        let ranking = ScoringMethod(name: "masked NMF") { [known = data.known] user, scores in
            scores = model.scores(for: known[user].rated)
        }
        return (ranking, predicting("masked NMF", model))
    }

    private func ranking(_ baseline: Baseline) throws -> ScoringMethod? {
        switch baseline {
        case .popularity: popularity
        case .itemNeighbours:
            linear("item-kNN", ItemWeights.nearestNeighbours(ratings(surplus), count: 30), surplus)
        case .ease: try ease
        case .slim:
            linear("SLIM", UnscreenedSLIM.solve(ratings(graded), unit: 8, threads: threads), graded)
        case .binarySLIM:
            linear("SLIM, binary", UnscreenedSLIM.solve(ratings(binary), threads: threads), binary)
        default: nil
        }
    }

    private typealias Weight = @Sendable (Double) -> Int32

    private var graded: Weight { { [scale = data.scale] in Self.graded(scale.tenPoint($0)) } }
    private var binary: Weight { { $0 > 0 ? 1 : 0 } }
    /// What a score has above 4.
    private var surplus: Weight { { [scale = data.scale] in Int32(max(0, scale.tenPoint($0) - 4)) } }

    private func ratings(_ weight: @escaping Weight) -> CoRatings {
        CoRatings(itemCount: data.itemCount, (0..<data.train.userCount).lazy.map { data.train[$0].vector(weight) })
    }

    private var popularity: ScoringMethod {
        var counts = Array(repeating: Float(0), count: data.itemCount)
        for (item, value) in zip(data.train.items, data.train.values) { counts[Int(item)] += Float(graded(value)) }
        return ScoringMethod(name: "popularity") { [counts] _, scores in scores = counts }
    }

    private func linear(_ name: String, _ model: ItemWeights, _ weight: @escaping Weight) -> ScoringMethod {
        ScoringMethod(name: name) { [known = data.known] user, scores in
            model.accumulateScores(for: known[user].vector(weight), into: &scores)
        }
    }

    private var ease: ScoringMethod {
        get throws {
            guard let model = EASE(ratings(graded), unit: 8, threads: threads) else {
                throw Failure("EASE: the matrix cannot be inverted; --baselines without ease leaves it out")
            }
            return ScoringMethod(name: "EASE") { [known = data.known, graded] user, scores in
                model.accumulateScores(for: known[user].vector(graded), into: &scores)
            }
        }
    }
}
