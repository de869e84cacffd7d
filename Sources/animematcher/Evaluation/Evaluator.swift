import Recommender

/// Runs our models and the baselines over the same people and collects what came of it.
struct Evaluator {
    let data: EvaluationData
    let threads: Int
    let seed: UInt64
    private let discovery: Discovery?
    private(set) var figures = EvaluationFigures()

    init(_ data: EvaluationData, threads: Int, seed: UInt64, discovers: Bool) throws {
        self.data = data
        self.threads = threads
        self.seed = seed
        let titles = data.titles
        guard titles != nil || !discovers else {
            throw Failure("--discovery: no titles; --items FILE with a column title gives them")
        }
        discovery = titles.map { Discovery(data.evaluation, titles: $0) }
    }

    /// Fits and scores our models; the lists of the last and best informed one.
    mutating func runOurs() -> [[Int32]] {
        let fitting = OurFitting(data: data, threads: threads)
        var lists: [[Int32]] = []
        let models = [fitting.fromRatings] + (data.facts.isEmpty ? [] : [fitting.withSide])
        for fit in models {
            let (method, seconds) = ProcessorTime.of(fit)
            lists = rank(method, isOurs: true, seconds: seconds)
        }
        return lists
    }

    /// Fits and scores a baseline.
    mutating func run(_ baseline: Baseline, isNamed: Bool) throws {
        if baseline.isDense, data.itemCount > (isNamed ? Baseline.mostDenseItems : Baseline.denseItems) {
            let remedy = isNamed ? "it needs too much memory" : "--baselines \(baseline.rawValue) runs it all the same"
            figures.notes.append("\(baseline.rawValue) is left out for \(data.itemCount) items; \(remedy)")
            return
        }
        let fitting = BaselineFitting(data: data, threads: threads)
        let (method, seconds) = try ProcessorTime.of { try fitting.method(baseline) }
        _ = rank(method, isOurs: false, seconds: seconds)
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
        guard let ours = figures.rankings.last(where: \.isOurs) else { return }
        let others = figures.rankings.filter { $0.name != ours.name }
        let mine = ours.metrics.liked.ndcg10ByUser
        let differences = others.map { zip(mine, $0.metrics.liked.ndcg10ByUser).map { $0 - $1 } }
        let intervals = PairedBootstrap(seed: seed).intervals(of: differences, threads: threads)
        figures.comparisons = zip(others, intervals).map { .init(ours: ours.name, other: $0.name, interval: $1) }
    }
}
