import Testing

@testable import Recommender

@Suite("ExpectedNorms")
struct ExpectedNormsTests {
    @Test("an item that many list at its site is expected to be rated by many")
    func members() {
        let items = (0..<200).map { ItemDescription(members: 10 * ($0 + 1)) } + [ItemDescription(members: 50_000)]
        let diagonal = (0..<200).map { Int32(100 * ($0 + 1)) } + [0]
        let values = ExpectedNorms(traits: ItemTraits(items), diagonal: diagonal).values
        #expect(values.dropLast().elementsEqual(values.dropLast().sorted()))
        #expect(values[200] > values[199])
        // √(100·100) with 1,000 members; the ridge pulls a little towards the mean.
        #expect(abs(values[99] - 100) < 15)
    }

    @Test("without figures, names make the difference, as far as several items have them")
    func names() {
        let items = (0..<200).map { ItemDescription(type: $0 % 2 == 0 ? "TV" : "Special") }
        let diagonal = (0..<200).map { Int32($0 % 2 == 0 ? 10_000 : 100) }
        let values = ExpectedNorms(traits: ItemTraits(items + [ItemDescription(type: "TV")]), diagonal: diagonal + [0])
            .values
        #expect(values[200] > 3 * values[1])
        #expect(values[200] == values[0])
    }

    @Test("a few items that many rated do not say what all others of their year may expect")
    func rareTraits() {
        // Of 2021 only four anime of a small site are rated, and those by more than its numbers tell.
        let known = (0..<400).map { ItemDescription(year: 1_980 + $0 % 40, members: 1_000 + 100 * $0) }
        let few = (0..<4).map { _ in ItemDescription(year: 2_021, members: 50) }
        let asked = [ItemDescription(year: 2_021, members: 20_000), ItemDescription(year: 2_018, members: 20_000)]
        let diagonal = (0..<400).map { Int32(1_000 + 100 * $0) / 10 } + Array(repeating: Int32(600), count: 4) + [0, 0]
        let values = ExpectedNorms(traits: ItemTraits(known + few + asked), diagonal: diagonal).values
        #expect(values[404] < 2 * values[405], "\(values[404]) and \(values[405])")
    }

    @Test("when nobody rated anything, all are expected to be alike")
    func nothing() {
        let traits = ItemTraits([ItemDescription(members: 5), ItemDescription()])
        #expect(ExpectedNorms(traits: traits, diagonal: [0, 0]).values == [1, 1])
    }

    @Test("the factor solves what a plain elimination solves")
    func cholesky() {
        // A = L·Lᵀ with L = [2 0 0; 1 3 0; -1 1 1], and x = (1, -2, 3).
        let matrix = DenseMatrix(rowCount: 3, columnCount: 3, values: [4, 0, 0, 2, 10, 0, -2, 2, 3])
        let solution = CholeskyFactor(matrix).solve([4 - 4 - 6, 2 - 20 + 6, -2 - 4 + 9])
        for (value, expected) in zip(solution, [1.0, -2, 3]) { #expect(abs(value - expected) < 1e-12) }
    }

    @Test("traits that all items share say nothing, whatever rounding makes of them", arguments: [40, 300, 3_000])
    func sharedTraits(count: Int) {
        let items = (0..<count).map { _ in ItemDescription(type: "TV", members: 12, score: 7.3) }
        let traits = ItemTraits(items)
        var random = SeededGenerator(seed: UInt64(count))
        for _ in 0..<(60_000 / count) {
            let diagonal = (0..<count).map { _ in Int32.random(in: 1..<400, using: &random) }
            let values = ExpectedNorms(traits: traits, diagonal: diagonal).values
            let (least, greatest) = (values.min() ?? .nan, values.max() ?? .nan)
            // Nothing tells one from another, so all are the mean of what was rated.
            #expect(least > 1 && greatest < 20 && greatest - least < 0.001 * greatest)
        }
    }
}
