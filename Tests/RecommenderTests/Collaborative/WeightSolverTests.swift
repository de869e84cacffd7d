import TestSupport
import Testing

@testable import Recommender

@Suite("WeightSolver")
struct WeightSolverTests {
    private static let settings = SLIMSettings(neighbours: 8, l1: 0.5, l2: 5, diagonalFactor: 1.3)

    private static func described(_ count: Int, using random: inout SplitMix64) -> [ItemDescription] {
        (0..<count).map { _ in
            ItemDescription(
                titles: ["Tale \(Int.random(in: 0..<9, using: &random)) of \(Int.random(in: 0..<5, using: &random))"],
                studios: ["Studio \(Int.random(in: 0..<4, using: &random))"],
                members: Int.random(in: 1..<90_000, using: &random), score: Double.random(in: 4..<9, using: &random))
        }
    }

    @Test(
        "whatever was fitted before, the result has the bytes of a first fit", arguments: 1...4 as ClosedRange<UInt64>)
    func equalToFirstFit(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var gram = GramMatrix(itemCount: 40)
        var lists: [SparseVector] = []
        var descriptions = Self.described(34, using: &random)
        let solver = WeightSolver(settings: Self.settings)
        var taken = 0
        for step in 0..<120 {
            if lists.count > 20, Bool.random(using: &random) {
                gram.subtract(lists.remove(at: Int.random(in: 0..<lists.count, using: &random)))
            } else {
                lists.append(RandomLists.list(items: 30, longest: 10, using: &random))
                gram.add(lists[lists.count - 1])
            }
            if step % 40 == 39 { descriptions += Self.described(2, using: &random) }
            if step % 17 == 16 { descriptions[3].titles = ["Another \(step)"] }
            // As every visit of a page changes them.
            if step % 5 == 4 { descriptions[step % 34].members = Int.random(in: 1..<90_000, using: &random) }
            let isDescribed = step % 3 > 0
            let side = isDescribed ? SideInformation(descriptions) : nil
            let first = ItemWeights.solve(gram: gram, side: side, settings: Self.settings)
            let model =
                isDescribed
                ? solver.solve(gram: gram, describing: descriptions, threads: 1 + step % 3)
                : solver.solve(gram: gram, threads: 1 + step % 3)
            #expect(model.encoded() == first.encoded(), "step \(step)")
            taken += model.itemCount - solver.fittedCount
        }
        #expect(taken > 0)
    }

    @Test("what one community does refits no column of another")
    func locality() {
        var gram = GramMatrix(itemCount: 20)
        for person in 0..<30 as Range<Int32> {
            gram.add(SparseVector((0..<10).map { (item: 2 * $0 + person % 2, weight: 1 + (person + $0) % 6) }))
        }
        let solver = WeightSolver(settings: Self.settings)
        _ = solver.solve(gram: gram)
        #expect(solver.fittedCount == 20)
        let same = solver.solve(gram: gram)
        #expect(solver.fittedCount == 0)
        gram.add([0: 6, 2: 1, 4: 5])
        let changed = solver.solve(gram: gram)
        #expect((1...10).contains(solver.fittedCount))
        #expect(changed != same)
        for odd in stride(from: 1 as Int32, to: 20, by: 2) {
            #expect(changed.column(odd).map(\.weight) == same.column(odd).map(\.weight))
        }
    }

    @Test("fewer items are another catalogue")
    func fewerItems() {
        let solver = WeightSolver(settings: Self.settings)
        _ = solver.solve(gram: RandomLists.gram(of: RandomLists.lists(40, items: 25, seed: 1), items: 25))
        let smaller = RandomLists.gram(of: RandomLists.lists(40, items: 12, seed: 2), items: 12)
        #expect(
            solver.solve(gram: smaller).encoded() == ItemWeights.solve(gram: smaller, settings: Self.settings).encoded()
        )
    }

    @Test("rows of the solver's matrix are the view's entries, rounded, on both sides of the diagonal")
    func matrix() {
        var random = SplitMix64(seed: 9)
        let gram = RandomLists.gram(of: RandomLists.lists(200, items: 70, longest: 30, seed: 3), items: 75)
        let view = GramView(gram, side: SideInformation(Self.described(75, using: &random)))
        let matrix = SolverMatrix()
        _ = matrix.update(from: view, threads: 3)
        for row in 0..<75 {
            for column in 0..<75 {
                let value = view[row, column]
                #expect(matrix[row, column] == matrix[column, row])
                #expect(abs(matrix[row, column] - value) <= value / 256)
                if value < 256, value == value.rounded() { #expect(matrix[row, column] == value) }
            }
        }
    }

    @Test("items that come later leave the entries there were as they were, however many come")
    func growth() {
        let matrix = SolverMatrix()
        for count in [5, 60, 64, 65, 700] as [Int32] {
            let gram = RandomLists.gram(
                of: RandomLists.lists(300, items: 5, longest: 5, seed: 3)
                    + RandomLists.lists(100, items: count, longest: 20, seed: 4), items: Int(count))
            let view = GramView(gram)
            _ = matrix.update(from: view, threads: 2)
            #expect(matrix.itemCount == Int(count))
            for row in 0..<Int(count) {
                for column in 0..<Int(count) {
                    let expected = SolverMatrix.value(SolverMatrix.stored(view[row, column]))
                    guard matrix[row, column] != expected else { continue }
                    Issue.record("\(row), \(column) of \(count)")
                }
            }
        }
    }

    @Test("rounding goes to the nearest, and half-way to the even one")
    func rounding() {
        for (value, expected) in [(257, 256), (258, 258), (259, 260), (261, 260), (0, 0), (100_000, 99_840)]
            as [(Float, Float)]
        {
            #expect(SolverMatrix.value(SolverMatrix.stored(value)) == expected)
        }
    }
}
