import Recommender

/// Runs our models and the baselines over the same people and collects what came of it.
struct Evaluator {
    let data: EvaluationData
    let threads: Int
    let seed: UInt64
    private let discovers: Bool
    private let discovery: Discovery?
    private(set) var figures = EvaluationFigures()

    init(_ data: EvaluationData, threads: Int, seed: UInt64, discovers: Bool) throws {
        self.data = data
        self.threads = threads
        self.seed = seed
        self.discovers = discovers
        let titles = data.titles
        guard titles != nil || !discovers else {
            throw Failure("--discovery: no titles; --items FILE with a column title gives them")
        }
        discovery = titles.map { Discovery(data.evaluation, titles: $0) }
    }

    /// Fits and scores our models; the lists of the last and best informed one.
    mutating func runOurs() -> [[Int32]] {
        let fitting = OurFitting(data: data, threads: threads)
        if data.itemCount > OurFitting.mostItems {
            figures.notes.append("of \(data.itemCount) items the \(OurFitting.mostItems) most rated are learnt about")
        }
        var lists: [[Int32]] = []
        let hasFacts = !data.facts.isEmpty
        // Ratings alone say nothing of items without any.
        let models =
            (data.areCandidatesCold && hasFacts ? [] : [fitting.fromRatings]) + (hasFacts ? [fitting.withSide] : [])
        for (number, fit) in models.enumerated() {
            let (ranking, seconds) = ProcessorTime.of(fit)
            lists = rank(ranking.ofEverything, isOurs: true, seconds: seconds)
            guard discovers, number == models.count - 1, let discovery else { continue }
            let lifted = ScoringMethod(name: "ours, for discovery") { user, scores in
                ranking.ofNews.score(user, &scores)
                scores = discovery.scores(scores, of: user)
            }
            lists = rank(lifted, isOurs: true, seconds: seconds)
        }
        return lists
    }

    /// Fits our rating predictor; one prediction per held-out rating.
    mutating func runOurPredictions() -> [Double] {
        let fitting = OurFitting(data: data, threads: threads)
        let (method, seconds) = ProcessorTime.of(fitting.predictor)
        return predict(method, isOurs: true, seconds: seconds)
    }

    /// Fits and scores a baseline.
    mutating func run(_ baseline: Baseline, isNamed: Bool, predicts: Bool) throws {
        if baseline.onlyPredicts && !predicts { return }
        if data.areCandidatesCold && !baseline.knowsColdItems && !baseline.onlyPredicts {
            return figures.notes.append("\(baseline.rawValue) says nothing of candidates that nobody has rated")
        }
        if baseline.isDense, data.itemCount > (isNamed ? Baseline.mostDenseItems : Baseline.denseItems) {
            let remedy = isNamed ? "it needs too much memory" : "--baselines \(baseline.rawValue) runs it all the same"
            figures.notes.append("\(baseline.rawValue) is left out for \(data.itemCount) items; \(remedy)")
            return
        }
        let fitting = BaselineFitting(data: data, threads: threads)
        let (methods, seconds) = try ProcessorTime.of { try fitting.methods(baseline) }
        if let ranking = methods.ranking { _ = rank(ranking, isOurs: false, seconds: seconds) }
        if predicts, let prediction = methods.prediction { _ = predict(prediction, isOurs: false, seconds: seconds) }
    }

    private mutating func predict(_ method: RatingMethod, isOurs: Bool, seconds: Double) -> [Double] {
        let predictions = method.predict(data.evaluation.test)
        let accuracy = RatingAccuracy(predictions, of: data.evaluation.test)
        figures.predictions.append(.init(name: method.name, isOurs: isOurs, accuracy: accuracy, seconds: seconds))
        return predictions
    }

    private mutating func rank(_ method: ScoringMethod, isOurs: Bool, seconds: Double) -> [[Int32]] {
        let lists = data.evaluation.lists(hiding: data.history, threads: threads, by: method.score)
        figures.rankings.append(
            .init(
                name: method.name, isOurs: isOurs, metrics: data.evaluation.metrics(of: lists),
                discovery: discovery?.metrics(of: lists), seconds: seconds))
        return lists
    }

    /// Compares our last model with everything else, person by person.
    mutating func compare() {
        guard let ours = figures.rankings.last(where: { $0.isOurs && $0.name != "ours, for discovery" }) else { return }
        let others = figures.rankings.filter { $0.name != ours.name && $0.name != "ours, for discovery" }
        let mine = ours.metrics.liked.ndcg10ByUser
        let differences = others.map { zip(mine, $0.metrics.liked.ndcg10ByUser).map { $0 - $1 } }
        let intervals = PairedBootstrap(seed: seed).intervals(of: differences, threads: threads)
        figures.comparisons = zip(others, intervals).map { .init(ours: ours.name, other: $0.name, interval: $1) }
    }
}
