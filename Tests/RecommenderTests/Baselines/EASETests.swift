import Testing

@testable import Recommender

@Suite("EASE")
struct EASETests {
    /// The inverse by plain elimination, in doubles.
    private static func inverse(_ matrix: [[Double]]) -> [[Double]] {
        let count = matrix.count
        var rows = matrix.enumerated().map { index, row in row + (0..<count).map { $0 == index ? 1 : 0 } }
        for pivot in 0..<count {
            let value = rows[pivot][pivot]
            rows[pivot] = rows[pivot].map { $0 / value }
            for row in 0..<count where row != pivot {
                let factor = rows[row][pivot]
                for column in rows[row].indices { rows[row][column] -= factor * rows[pivot][column] }
            }
        }
        return rows.map { Array($0[count...]) }
    }

    @Test("a matrix of any size is inverted, with several threads as with one", arguments: [1, 7, 64, 67, 150])
    func inverts(count: Int) {
        let gram = CoRatings(itemCount: count, RandomLists.lists(200, items: Int32(count), seed: 4))
        let matrix = (0..<count).map { row in
            (0..<count).map { Double(gram[row, $0]) + (row == $0 ? 30 : 0) }
        }
        let expected = Self.inverse(matrix)
        let inverses = [1, 3].map { threads in
            let square = SymmetricInverse(count: count) { row, values in
                for column in 0...row { values[column] = Float(matrix[row][column]) }
            }
            #expect(square.invert(threads: threads))
            return (0..<count).map { row in (0..<count).map { square.row(row)[$0] } }
        }
        #expect(inverses[0] == inverses[1])
        for row in 0..<count {
            for column in 0..<count {
                #expect(abs(Double(inverses[0][row][column]) - expected[row][column]) < 1e-6)
            }
        }
    }

    @Test("a matrix that is not positive definite is refused")
    func indefinite() {
        let square = SymmetricInverse(count: 2) { row, values in
            for column in 0...row { values[column] = row == column ? 1 : 2 }
        }
        #expect(!square.invert())
    }

    @Test("scores are those of the closed form, and say nothing of an item from itself")
    func scores() throws {
        let lists = RandomLists.lists(60, items: 20, seed: 8)
        let gram = CoRatings(itemCount: 20, lists)
        let model = try #require(EASE(gram, unit: 2, l2: 5, diagonalFactor: 1.5))
        let inverse = Self.inverse(
            (0..<20).map { row in
                (0..<20).map { Double(gram[row, $0]) / 4 * (row == $0 ? 1.5 : 1) + (row == $0 ? 5 : 0) }
            })
        let list: SparseVector = [2: 6, 7: 1, 11: 3]
        var scores: [Float] = []
        model.accumulateScores(for: list, into: &scores)
        for item in 0..<20 {
            var expected = 0.0
            for (other, weight) in zip(list.items, list.weights) where Int(other) != item {
                expected -= Double(weight) * inverse[Int(other)][item] / inverse[item][item]
            }
            #expect(abs(Double(scores[item]) - expected) < 1e-4)
        }
    }
}

@Suite("UnscreenedSLIM")
struct UnscreenedSLIMTests {
    @Test("every column is at the optimum of its own problem", arguments: [1, 3])
    func optimal(threads: Int) {
        let gram = CoRatings(itemCount: 15, RandomLists.lists(80, items: 15, seed: 12))
        let model = UnscreenedSLIM.solve(
            gram, unit: 2, l1: 1, l2: 3, tolerance: 1e-6, threads: threads)
        for item in 0..<15 {
            #expect(model[Int32(item), Int32(item)] == 0)
            for other in 0..<15 where other != item {
                var gradient = -Float(gram[other, item]) / 4 + 1 + 3 * model[Int32(other), Int32(item)]
                for third in 0..<15 { gradient += Float(gram[other, third]) / 4 * model[Int32(third), Int32(item)] }
                // Karush–Kuhn–Tucker: no slope where there is a weight, and none downwards where there is none.
                if model[Int32(other), Int32(item)] > 0 {
                    #expect(abs(gradient) < 1e-2)
                } else {
                    #expect(gradient > -1e-2)
                }
            }
        }
    }
}
