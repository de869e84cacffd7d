import ArgumentParser
import CrawlEngine
import Foundation
import Recommender
import WebStandards
import Terminal

/// `animematcher evaluate`: how good the recommendations are, on ratings held out.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Score recommendations on held-out ratings, beside popularity.",
        discussion: """
            Files are CSV with a header: user,item,rating. Needs no database.

              animematcher evaluate --train train.csv --test test.csv
              animematcher evaluate --train a.csv --test b.csv --foldin c.csv
            """)

    @Option(help: "Ratings to learn from.") var train: String
    @Option(help: "Held-out ratings.") var test: String
    @Option(help: "Known ratings of people who are not in the training file.") var foldin: String?
    @Option(help: ArgumentHelp("Write the lists as CSV: user,item,rank.", valueName: "file")) var writeRecommendations:
        String?
    @Option(help: "How many threads to fit with; the result does not depend on it.") var threads = 2
    @Flag(help: "Print JSON.") var json = false

    /// Length of a list.
    private static let listLength = 100

    func run() async throws {
        let (train, test) = (try ratings(train), try ratings(test))
        let seen = try foldin.map(ratings) ?? train
        let items = Set(train.map(\.item)).sorted()
        let evaluation = RankingEvaluation(test: test, seen: seen, catalogue: Set(items))
        let numbers = Dictionary(items.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { $1 })
        let known = Dictionary(grouping: seen, by: \.user)

        let model = Self.fit(Dictionary(grouping: train, by: \.user), numbers, threads: threads)
        var counts = Array(repeating: Float(0), count: items.count)
        for rating in train { if let item = numbers[rating.item] { counts[Int(item)] += 1 } }

        var lists: [Int: [Int]] = [:]
        var popular: [Int: [Int]] = [:]
        for user in evaluation.users {
            let rated = known[user] ?? []
            let listed = rated.compactMap { numbers[$0.item] }
            let scored = model.scored(Self.vector(rated, numbers), excluding: listed)
            lists[user] = Self.top(scored.scores, without: listed, items)
            popular[user] = Self.top(counts, without: listed, items)
        }
        show([("item weights (SLIM)", evaluation.metrics(of: lists)), ("popularity", evaluation.metrics(of: popular))])
        if let writeRecommendations { try write(lists, to: writeRecommendations) }
    }

    private static func fit(_ ratings: [Int: [Rating]], _ numbers: [Int: Int32], threads: Int) -> ItemWeights {
        var gram = GramMatrix(itemCount: numbers.count)
        for list in ratings.values { gram.add(vector(list, numbers)) }
        return ItemWeights.solve(gram: gram, threads: threads)
    }

    private static func vector(_ ratings: [Rating], _ numbers: [Int: Int32]) -> SparseVector {
        SparseVector(
            ratings.compactMap { rating in
                numbers[rating.item].map {
                    (item: $0, weight: PreferenceWeights.standard.weight(score: Int(rating.value)))
                }
            })
    }

    private static func top(_ scores: [Float], without listed: [Int32], _ items: [Int]) -> [Int] {
        Ranking.top(listLength, of: scores, excluding: listed).map { items[Int($0.item)] }
    }

    private func ratings(_ file: String) throws -> [Rating] {
        var ratings: [Rating] = []
        let report = ImportReport(file: file)
        var reader = CSVReader()
        let file = try ImportFile(file)
        var rows: [CSVRow] = []
        while let piece = try file.nextPiece() { rows += reader.rows(in: piece) }
        for row in rows + reader.lastRows() where row.line > 1 {
            guard row.fields.count >= 3, let user = Int(row.fields[0]), let item = Int(row.fields[1]),
                let value = Double(row.fields[2])
            else {
                report.reject("line \(row.line): expected three numbers: user,item,rating")
                continue
            }
            ratings.append(Rating(user: user, item: item, value: value))
        }
        guard !ratings.isEmpty else {
            throw Failure("\(file.name): no ratings; expected CSV with user,item,rating")
        }
        return ratings
    }

    private func show(_ results: [(name: String, metrics: RankingMetrics)]) {
        if json { return Console.print(JSONValue.object(JSONObject(results.map { ($0.name, $0.metrics.value) }))) }
        var table = Table([
            ("", .left), ("liked nDCG@10", .right), ("nDCG@100", .right), ("recall@20", .right),
            ("any nDCG@10", .right),
            ("coverage@10", .right),
        ])
        for (name, metrics) in results {
            let numbers = [
                metrics.liked.ndcg10, metrics.liked.ndcg100, metrics.liked.recall20, metrics.any.ndcg10,
                metrics.coverage10,
            ]
            table.add([name] + numbers.map { String(format: "%.4f", $0) })
        }
        table.lines.forEach { Console.print($0) }
    }

    private func write(_ lists: [Int: [Int]], to file: String) throws {
        var text = "user,item,rank\n"
        for (user, list) in lists.sorted(by: { $0.key < $1.key }) {
            for (rank, item) in list.enumerated() { text += "\(user),\(item),\(rank + 1)\n" }
        }
        try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
    }
}

extension RankingMetrics {
    fileprivate var value: JSONValue {
        .object([
            "liked_ndcg10": .double(liked.ndcg10), "liked_ndcg100": .double(liked.ndcg100),
            "liked_recall20": .double(liked.recall20), "any_ndcg10": .double(any.ndcg10),
            "coverage10": .double(coverage10),
        ])
    }
}
