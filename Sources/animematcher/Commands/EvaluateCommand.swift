import ArgumentParser
import Foundation
import Recommender
import Terminal

/// `animematcher evaluate`: how good the recommendations are, on ratings held out.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Score recommendations on held-out ratings, beside what others would recommend.",
        discussion: """
            Files are CSV with a header: user,item,rating, in any order; further columns are passed over. Needs no database.

              animematcher evaluate --train train.csv --test test.csv
              animematcher evaluate --train a.csv --test b.csv --foldin c.csv
              animematcher evaluate --train a.csv --test b.csv --items items.csv
              animematcher evaluate --train a.csv --test b.csv --candidates cold.csv
              animematcher evaluate --train a.csv --test b.csv --baselines ease --json
            """)

    @Option(help: ArgumentHelp("Ratings to learn from.", valueName: "file")) var train: String
    @Option(help: ArgumentHelp("Held-out ratings.", valueName: "file")) var test: String
    @Option(help: ArgumentHelp("Known ratings of people who are not in the training file.", valueName: "file"))
    var foldin: String?
    @Option(
        help: ArgumentHelp(
            "What is known of the items: CSV with item, or JSON lines joined by mal_id. May be given several times.",
            valueName: "file"))
    var items: [String] = []
    @Option(help: ArgumentHelp("CSV with item: recommend only these, as items nobody rated yet.", valueName: "file"))
    var candidates: String?
    @Option(help: ArgumentHelp("CSV with user,item: what people watched, with or without a score.", valueName: "file"))
    var history: String?
    @Option(help: "The least rating of a liked item; 8 of 10 by default, 4 of 5.") var like: Double?
    @Option(
        help: ArgumentHelp(
            "What to compare with: all, none, or names with commas: \(Baseline.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "names"))
    var baselines = "all"
    @Flag(
        help: """
            Recommend only what is new to people: nothing of series that they know, one of each other one. Needs titles (--items).
            """)
    var discovery = false
    @Option(help: "Where the random numbers of the intervals start.") var seed: UInt64 = 1
    @Option(help: ArgumentHelp("Write the lists as CSV: user,item,rank.", valueName: "file")) var writeRecommendations:
        String?
    @Option(help: ArgumentHelp("Write predicted ratings as CSV: user,item,prediction.", valueName: "file"))
    var writePredictions: String?
    @Option(help: "How many threads to fit with; the result does not depend on it.") var threads = 2
    @Flag(help: "Print JSON.") var json = false

    func validate() throws {
        guard (1...64).contains(threads) else { throw ValidationError("--threads: expected a number from 1 to 64") }
        _ = try Baseline.chosen(baselines)
    }

    func run() async throws {
        let chosen = try Baseline.chosen(baselines)
        let data = try EvaluationFiles(
            train: train, test: test, foldin: foldin, items: items, candidates: candidates, history: history, like: like
        ).read()
        var evaluator = try Evaluator(data, threads: threads, seed: seed, discovers: discovery)
        let lists = evaluator.runOurs()
        // Before the baselines, which take longer: who asks for the files only need not wait for what else is printed.
        if let writeRecommendations {
            try EvaluationOutput(data: data).write(recommendations: lists, to: writeRecommendations)
        }
        // Of items that nobody has rated none is predicted, unless a file is asked for.
        let predicts = !data.areCandidatesCold || writePredictions != nil
        if predicts {
            let predictions = evaluator.runOurPredictions()
            if let writePredictions {
                try EvaluationOutput(data: data).write(predictions: predictions, to: writePredictions)
            }
        }
        for baseline in chosen.baselines {
            try evaluator.run(baseline, isNamed: chosen.areNamed, predicts: predicts)
        }
        evaluator.compare()
        if json { return Console.print(evaluator.figures.value) }
        evaluator.figures.lines.forEach { Console.print($0) }
    }
}
