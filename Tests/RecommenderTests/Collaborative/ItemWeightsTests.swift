import TestSupport
import Testing

@testable import Recommender

@Suite("ItemWeights")
struct ItemWeightsTests {
    private static let settings = SLIMSettings(neighbours: 8, l1: 0.5, l2: 5, diagonalFactor: 1.3, tolerance: 1e-6)
    private static func gram(seed: UInt64) -> GramMatrix {
        RandomLists.gram(of: RandomLists.lists(60, items: 40, seed: seed), items: 41)
    }

    @Test("the fast solver finds what the plain one finds", arguments: 1...3 as ClosedRange<UInt64>)
    func plainReference(seed: UInt64) {
        let gram = Self.gram(seed: seed)
        let model = ItemWeights.solve(gram: gram, settings: Self.settings)
        for column in stride(from: 0, to: gram.itemCount, by: 5) {
            let expected = PlainSLIM.column(column, of: gram, Self.settings)
            for row in 0..<gram.itemCount {
                let found = Double(model[Int32(row), Int32(column)])
                #expect(abs(found - expected[row]) < 1e-4, "W[\(row), \(column)]")
            }
        }
    }

    @Test("on a checkerboard, items speak for the items of their own colour alone")
    func checkerboard() {
        // Even people rate even items, odd people odd ones; with G = a·J in each block, every weight solves
        // w·(d·a + l2 + (n−2)·a) = a − l1·√a for n items of one colour.
        let lists = (0..<20).map { person in
            SparseVector((0..<10).filter { $0 % 2 == Int32(person % 2) }.map { ($0, 2) })
        }
        let model = ItemWeights.solve(gram: RandomLists.gram(of: lists), settings: Self.settings)
        let expected: Float = (40 - 0.5 * Float(40).squareRoot()) / (1.3 * 40 + 5 + 3 * 40)
        for row in 0..<Int32(10) {
            for column in 0..<Int32(10) {
                let isSpoken = row != column && row % 2 == column % 2
                #expect(abs(model[row, column] - (isSpoken ? expected : 0)) < 1e-4)
            }
        }
    }

    @Test("the number of threads changes no bit", arguments: [2, 3, 8])
    func threads(count: Int) {
        let gram = Self.gram(seed: 4)
        let one = ItemWeights.solve(gram: gram, settings: Self.settings, threads: 1)
        #expect(ItemWeights.solve(gram: gram, settings: Self.settings, threads: count).encoded() == one.encoded())
    }

    @Test("an incrementally kept matrix gives the bytes of a rebuilt one")
    func rebuild() {
        let lists = RandomLists.lists(50, items: 30, seed: 5)
        var gram = RandomLists.gram(of: Array(lists.prefix(40)))
        for list in lists.dropFirst(40) { gram.add(list) }
        for list in lists.prefix(10) { gram.subtract(list) }
        let rebuilt = RandomLists.gram(of: lists.dropFirst(10).reversed())
        #expect(ItemWeights.solve(gram: gram).digest == ItemWeights.solve(gram: rebuilt).digest)
    }

    @Test("no item speaks for itself and no weight is negative")
    func constraints() {
        let model = ItemWeights.solve(gram: Self.gram(seed: 6), settings: Self.settings)
        #expect(model.weightCount > 0)
        for column in 0..<Int32(model.itemCount) {
            #expect(model[column, column] == 0)
            #expect(model.column(column).allSatisfy { $0.weight > 0 })
            #expect(model.column(column).count <= Self.settings.neighbours)
        }
    }

    @Test("rows and columns hold the same weights")
    func transposition() {
        let model = ItemWeights.solve(gram: Self.gram(seed: 7), settings: Self.settings)
        for item in 0..<Int32(model.itemCount) {
            for entry in model.column(item) { #expect(model[entry.item, item] == entry.weight) }
            for entry in model.row(item) { #expect(model[item, entry.item] == entry.weight) }
        }
        #expect(model.column(-1).isEmpty)
        #expect(model.row(10_000).isEmpty)
    }

    @Test("scores are the weighted sums of rows, also into a used buffer")
    func scores() {
        let model = ItemWeights.solve(gram: Self.gram(seed: 8), settings: Self.settings)
        let list: SparseVector = [3: 2, 9: 6, 500: 4]
        var buffer = model.scores(for: [1: 6])
        model.accumulateScores(for: list, into: &buffer)
        for item in 0..<Int32(model.itemCount) {
            #expect(abs(buffer[Int(item)] - (2 * model[3, item] + 6 * model[9, item])) < 1e-5)
        }
        #expect(buffer == model.scores(for: list))
    }

    @Test("the model survives its bytes, and damaged ones are refused")
    func codec() throws {
        let model = ItemWeights.solve(gram: Self.gram(seed: 9), settings: Self.settings)
        let bytes = model.encoded()
        #expect(try ItemWeights(decoding: bytes) == model)
        for length in stride(from: 0, to: bytes.count, by: 7) {
            #expect(throws: RecommenderError.self) { try ItemWeights(decoding: Array(bytes.prefix(length))) }
        }
        #expect(throws: RecommenderError.self) { try ItemWeights(decoding: bytes + [0]) }
        #expect(throws: RecommenderError.self) { try ItemWeights(decoding: [1] + bytes.dropFirst()) }
    }

    @Test("the support is the diagonal of the matrix, whatever lists count and whatever is known besides")
    func support() throws {
        let lists = RandomLists.lists(30, items: 20, seed: 10)
        var balanced = GramMatrix(itemCount: 20, lists: .balanced)
        for list in lists { balanced.add(list) }
        let model = ItemWeights.solve(gram: balanced, side: SideInformation(itemCount: 22), settings: Self.settings)
        #expect(model.support == (0..<20).map { Float(balanced[$0, $0]) / 4 } + [0, 0])
        #expect(try ItemWeights(decoding: model.encoded()).support == model.support)
        #expect(ItemWeights.nearestNeighbours(CoRatings(itemCount: 20, lists)).support.isEmpty)
    }

    @Test("a support that is not one value an item, or none that can be, is refused")
    func damagedSupport() {
        let bytes = ItemWeights(itemCount: 2).encoded()
        #expect(throws: Never.self) {
            try ItemWeights(decoding: bytes.dropLast() + [2] + Array(repeating: 0, count: 8))
        }
        #expect(throws: RecommenderError.self) {
            try ItemWeights(decoding: bytes.dropLast() + [1] + Array(repeating: 0, count: 4))
        }
        let negative = [UInt8](repeating: 0, count: 4) + [0, 0, 0x80, 0xBF]
        #expect(throws: RecommenderError.self) { try ItemWeights(decoding: bytes.dropLast() + [2] + negative) }
    }

    @Test("with balanced lists the fast solver finds what the plain one finds", arguments: 1...2 as ClosedRange<UInt64>)
    func plainReferenceOfBalancedLists(seed: UInt64) {
        let lists = RandomLists.lists(60, items: 40, seed: seed)
        var gram = GramMatrix(itemCount: 41, lists: .balanced)
        for list in lists { gram.add(list) }
        // Penalties in the unit of squared weights: a quarter of the entries' own.
        let model = ItemWeights.solve(gram: gram, settings: Self.settings)
        let scaled = SLIMSettings(
            neighbours: 8, l1: 2 * Self.settings.l1, l2: 4 * Self.settings.l2, diagonalFactor: 1.3)
        for column in stride(from: 0, to: gram.itemCount, by: 7) {
            let expected = PlainSLIM.column(column, of: gram, scaled)
            for row in 0..<gram.itemCount {
                #expect(abs(Double(model[Int32(row), Int32(column)]) - expected[row]) < 1e-4, "W[\(row), \(column)]")
            }
        }
    }

    @Test("an empty catalogue gives an empty model")
    func empty() throws {
        let model = ItemWeights.solve(gram: GramMatrix(), threads: 4)
        #expect(model.itemCount == 0)
        #expect(model.scores(for: [0: 1]).isEmpty)
        #expect(try ItemWeights(decoding: model.encoded()) == model)
    }
}
