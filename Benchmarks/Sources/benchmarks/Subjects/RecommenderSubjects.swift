import Foundation
import Recommender

/// The collaborative side on real ratings: Gram matrix, weights, one changed list, scores of a list, the best of them.
enum RecommenderSubjects {
    /// How many changed lists, or lists to answer, make a round.
    private static let sample = 200
    private static let topCount = 50

    /// Those of one benchmark.
    static func all(_ workload: Workload, of benchmark: String) throws -> [Subject] {
        try all(workload).filter { $0.benchmark == benchmark }
    }

    private static func all(_ workload: Workload) throws -> [Subject] {
        let lists = try lists(workload)
        let itemCount = 1 + Int(lists.compactMap(\.items.last).max() ?? -1)
        let ratings = lists.reduce(0) { $0 + $1.count }
        let gram = gram(of: lists, itemCount)
        let solver = WeightSolver()
        let model = solver.solve(gram: gram)
        let some = lists.prefix(sample).map { (old: $0, new: Self.changed($0)) }
        return [
            Subject("gram", unit: "ratings") {
                .init(
                    operations: ratings,
                    result: Int(Self.gram(of: lists, itemCount).diagonal.reduce(0) { $0 + Int64($1) }))
            },
            Subject("solve", "ours, SLIM", unit: "items") {
                .init(operations: itemCount, result: ItemWeights.solve(gram: gram).weightCount)
            },
            Subject("solve", "ours, SLIM after 1 changed list", unit: "items") {
                var changed = gram
                let user = some[Int.random(in: some.indices)]
                changed.replace(user.old, with: user.new)
                return .init(operations: itemCount, result: solver.solve(gram: changed).weightCount)
            },
            Subject("update", unit: "lists") {
                var changed = gram
                for user in some { changed.replace(user.old, with: user.new) }
                for user in some { changed.replace(user.new, with: user.old) }
                return .init(operations: 2 * some.count, result: Int(changed.diagonal.reduce(0) { $0 + Int64($1) }))
            },
            Subject("foldin", unit: "lists") {
                var scores: [Float] = []
                for user in some { model.accumulateScores(for: user.old, into: &scores) }
                return .init(operations: some.count, result: scores.count)
            },
            Subject("rank", "ours, top 50 with a second step", unit: "lists") {
                let found = some.map { model.recommendations(for: $0.old, count: Self.topCount, reasons: 0).count }
                return .init(operations: some.count, result: found.reduce(0, +))
            },
            Subject("rank", "ours, top 50 with reasons", unit: "lists") {
                let found = some.map { model.recommendations(for: $0.old, count: Self.topCount, reasons: 3).count }
                return .init(operations: some.count, result: found.reduce(0, +))
            },
        ]
    }

    private static func gram(of lists: [SparseVector], _ itemCount: Int) -> GramMatrix {
        var gram = GramMatrix(itemCount: itemCount)
        for list in lists { gram.add(list) }
        return gram
    }

    /// The list with its first weight another one.
    private static func changed(_ list: SparseVector) -> SparseVector {
        SparseVector(
            zip(list.items, list.weights).enumerated().map { place, row in
                (item: row.0, weight: place == 0 ? 1 + row.1 % 6 : row.1)
            })
    }

    /// Everybody's list of `ratings.csv`; items numbered in the order of their ids.
    private static func lists(_ workload: Workload) throws -> [SparseVector] {
        let rows = try workload.lines("ratings.csv").dropFirst().map { $0.split(separator: ",").compactMap { Int($0) } }
        let ids = Set(rows.map { $0[1] }).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: zip(ids, Int32(0)...))
        let weights = PreferenceWeights.standard
        return Dictionary(grouping: rows) { $0[0] }.sorted { $0.key < $1.key }.map { _, rows in
            SparseVector(rows.map { (item: numbers[$0[1]] ?? 0, weight: weights.weight(score: $0[2])) })
        }
    }
}
