@testable import Recommender

/// The same problem as `ColumnSolver`'s, written as it stands in the paper, in doubles and without any shortcut; of
/// entries rounded as the solver sees them.
enum PlainSLIM {
    static func column(_ item: Int, of gram: GramMatrix, _ settings: SLIMSettings) -> [Double] {
        let count = gram.itemCount
        let gram = Rounded(gram: gram)
        let neighbours = neighbours(of: item, gram, settings)
        var weights = [Double](repeating: 0, count: count)
        let penalty = Double(settings.l1) * gram[item, item].squareRoot()
        for _ in 0..<2000 {
            for i in neighbours {
                var gradient = gram[i, item] - penalty
                for k in neighbours where k != i { gradient -= gram[i, k] * weights[k] }
                let curvature = gram[i, i] * Double(settings.diagonalFactor) + Double(settings.l2)
                weights[i] = max(0, gradient / curvature)
            }
        }
        return weights
    }

    private static func neighbours(of item: Int, _ gram: Rounded, _ settings: SLIMSettings) -> [Int] {
        let rated = (0..<gram.itemCount).filter { $0 != item && gram[$0, item] > 0 }
        let scored = rated.map { (item: $0, score: Float(gram[$0, item]) / Float(gram[$0, $0]).squareRoot()) }
        let sorted = scored.sorted { $0.score > $1.score || ($0.score == $1.score && $0.item < $1.item) }
        return sorted.prefix(settings.neighbours).map(\.item)
    }

    private struct Rounded {
        let gram: GramMatrix
        var itemCount: Int { gram.itemCount }

        subscript(row: Int, column: Int) -> Double {
            Double(SolverMatrix.value(SolverMatrix.stored(Float(gram[row, column]))))
        }
    }
}
