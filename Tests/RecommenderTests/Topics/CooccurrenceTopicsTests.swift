import Glibc
import Testing

@testable import Recommender

@Suite("CooccurrenceTopics")
struct CooccurrenceTopicsTests {
    /// Terms 0 and 1 meet twice, 2 and 3 once, 4 stands everywhere.
    private static let matrix = SparseMatrix(
        rows: [[0, 1, 4], [0, 1, 4], [2, 4], [2, 3, 4]].map { SparseRow(columns: $0, values: $0.map { _ in 1 }) },
        columnCount: 5)

    @Test("values follow the formula, worked out by hand, and the matrix is symmetric")
    func associations() {
        let matrix = CooccurrenceTopics.associations(Self.matrix)
        #expect(matrix[0].columns == [1])
        // Normalised information 1; both stand in 2 of 11 / 5 documents on average; they meet in 2 documents.
        #expect(abs(matrix[0].values[0] - (2 / 2.2).squareRoot() * 2 / 3) < 1e-12)
        #expect(matrix[1] == SparseRow(columns: [0], values: matrix[0].values))
        #expect(matrix[2].columns == [3])
        let expected = 0.5 * (2 / 2.2 * 1 / 2.2).squareRoot().squareRoot() * 1 / 2
        #expect(abs(matrix[2].values[0] - expected) < 1e-12)
    }

    @Test("a term that stands everywhere belongs to nothing")
    func everywhere() { #expect(CooccurrenceTopics.associations(Self.matrix)[4] == SparseRow()) }

    @Test("words that meet are one topic, a document folds in to it, and two fits are equal")
    func topics() {
        let rows = (0..<40).map { document -> SparseRow in
            let first = Int32(document % 4) * 3
            let columns = (0..<3).map { first + Int32($0) }.filter { Int($0) % 3 != document / 4 % 3 || document < 12 }
            return SparseRow(columns: columns, values: columns.map { _ in 1 })
        }
        let matrix = SparseMatrix(rows: rows, columnCount: 12)
        let model = CooccurrenceTopics(topicCount: 4).fit(matrix)
        #expect(
            Set((0..<4).map { Set(model.topTerms(of: $0, count: 3)) }) == [
                [0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11],
            ])
        let weights = model.weights(for: rows[5])
        let main = weights.indices.max { weights[$0] < weights[$1] } ?? 0
        #expect(Set(model.topTerms(of: main, count: 3)).isSuperset(of: rows[5].columns.map(Int.init)))
        #expect(CooccurrenceTopics(topicCount: 4).fit(matrix).topics == model.topics)
    }
}
