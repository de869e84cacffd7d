import Foundation
import Recommender
import WebStandards

extension EvaluationFigures {
    /// Tables for a terminal.
    var lines: [String] {
        let parts = [rankingLines, comparisonLines, predictionLines].filter { !$0.isEmpty }
        return Array(parts.joined(separator: [""])) + (notes.isEmpty ? [] : [""]) + notes.map { "note: \($0)" }
    }

    private var rankingLines: [String] {
        let hasDiscovery = rankings.contains { $0.discovery != nil }
        let titles =
            ["liked nDCG@10", "± s.e.", "nDCG@100", "recall@20", "recall@50", "any nDCG@10", "coverage@10", "pop@10"]
            + (hasDiscovery ? ["own series", "discovery"] : []) + ["CPU s"]
        var table = Table([("", .left)] + titles.map { ($0, .right) })
        for ranking in rankings {
            let (metrics, liked) = (ranking.metrics, ranking.metrics.liked)
            var cells = [
                four(liked.ndcg10), four(liked.ndcg10Error), four(liked.ndcg100), four(liked.recall20),
                four(liked.recall50), four(metrics.any.ndcg10), four(metrics.coverage10), one(metrics.popularity10),
            ]
            if hasDiscovery {
                cells +=
                    ranking.discovery.map { [String(format: "%.3f", $0.ownSeriesShare), four($0.ndcg10)] } ?? ["", ""]
            }
            table.add([ranking.name] + cells + [one(ranking.seconds)])
        }
        return table.lines
    }

    private var comparisonLines: [String] {
        guard let ours = comparisons.first?.ours else { return [] }
        var table = Table([("liked nDCG@10, \(ours) minus", .left), ("mean", .right), ("95 % interval", .right)])
        for comparison in comparisons {
            let interval = comparison.interval
            table.add([
                comparison.other, signed(interval.mean), "[\(signed(interval.low)), \(signed(interval.high))]",
            ])
        }
        return table.lines
    }

    private var predictionLines: [String] {
        guard !predictions.isEmpty else { return [] }
        var table = Table([("ratings", .left), ("RMSE", .right), ("MAE", .right), ("CPU s", .right)])
        for prediction in predictions {
            let accuracy = prediction.accuracy
            table.add([prediction.name, four(accuracy.rmse), four(accuracy.mae), one(prediction.seconds)])
        }
        return table.lines
    }

    private func one(_ value: Double) -> String { String(format: "%.1f", value) }
    private func four(_ value: Double) -> String { String(format: "%.4f", value) }
    private func signed(_ value: Double) -> String { String(format: "%+.4f", value) }

    /// All of it as JSON.
    var value: JSONValue {
        .object([
            "rankings": .array(rankings.map(\.value)),
            "comparisons": .array(
                comparisons.map {
                    .object([
                        "ours": .string($0.ours), "other": .string($0.other), "mean": .double($0.interval.mean),
                        "low": .double($0.interval.low), "high": .double($0.interval.high),
                    ])
                }),
            "predictions": .array(predictions.map(\.value)),
            "notes": .array(notes.map(JSONValue.string)),
        ])
    }
}

extension EvaluationFigures.Ranking {
    /// The names of the evaluation protocol's own script.
    fileprivate var value: JSONValue {
        var object: JSONObject = ["name": .string(name), "ours": .bool(isOurs)]
        for (notion, averages) in [("liked", metrics.liked), ("any", metrics.any)] {
            object["\(notion)_ndcg@10"] = .double(averages.ndcg10)
            object["\(notion)_ndcg@10_se"] = .double(averages.ndcg10Error)
            object["\(notion)_ndcg@100"] = .double(averages.ndcg100)
            object["\(notion)_recall@20"] = .double(averages.recall20)
            object["\(notion)_recall@50"] = .double(averages.recall50)
            object["\(notion)_users"] = .int(Int64(averages.users))
        }
        object["cov@10"] = .double(metrics.coverage10)
        object["pop@10"] = .double(metrics.popularity10)
        object["dropped"] = .int(Int64(metrics.dropped))
        if let discovery {
            object["same_series_share"] = .double(discovery.ownSeriesShare)
            object["discovery_ndcg@10"] = .double(discovery.ndcg10)
            object["discovery_users"] = .int(Int64(discovery.users))
        }
        object["cpu_seconds"] = .double(seconds)
        return .object(object)
    }
}

extension EvaluationFigures.Prediction {
    fileprivate var value: JSONValue {
        .object([
            "name": .string(name), "ours": .bool(isOurs), "rmse": .double(accuracy.rmse), "mae": .double(accuracy.mae),
            "rows": .int(Int64(accuracy.rows)), "cpu_seconds": .double(seconds),
        ])
    }
}
