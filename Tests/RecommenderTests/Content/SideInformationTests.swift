import Testing

@testable import Recommender

@Suite("SideInformation")
struct SideInformationTests {
    private static let items = [
        ItemDescription(titles: ["Iron Comet"], studios: ["Kite"], type: "TV", terms: ["robot"]),
        ItemDescription(titles: ["Iron Comet: Second Orbit"], studios: ["Kite"], type: "TV", terms: ["robot"]),
        ItemDescription(titles: ["Tea Garden"], studios: ["Lantern"], type: "TV", terms: ["tea"]),
    ]

    @Test("an item that nobody rated gets a column from what is known of it")
    func cold() {
        var gram = GramMatrix()
        for _ in 0..<10 {
            gram.add([0: 6])
            gram.add([2: 6])
        }
        let side = SideInformation(Self.items)
        let model = ItemWeights.solve(gram: gram, side: side, settings: SLIMSettings(l1: 0.1))
        #expect(model.itemCount == 3)
        #expect(model[0, 1] > model[2, 1])
        #expect(model[0, 1] > 0)
        #expect(ItemWeights.solve(gram: gram, settings: SLIMSettings(l1: 0.1)).weightCount == 0)
    }

    @Test("an item that nobody rated borrows what speaks for its likes")
    func borrowed() {
        var gram = GramMatrix()
        for _ in 0..<10 { gram.add([0: 6, 2: 6]) }
        let items = Self.items.map { item in
            var item = item
            item.type = nil
            return item
        }
        let model = ItemWeights.solve(gram: gram, side: SideInformation(items), settings: SLIMSettings(l1: 0.1))
        #expect(model[0, 1] > 0)
        #expect(model[2, 1] > 0, "items 1 and 2 have nothing in common but the readers of item 0")
    }

    @Test("relations and recommendations count from both sides, recommendations by their votes")
    func links() {
        let items = [
            ItemDescription(recommended: [.init(item: 1, votes: 16), .init(item: 2, votes: 4), .init(item: 9)]),
            ItemDescription(), ItemDescription(related: [.init(item: 2), .init(item: 2)]),
        ]
        #expect(SparseMatrix.links(items.map(\.recommended))[0] == SparseRow(columns: [1, 2], values: [1, 0.5]))
        #expect(SparseMatrix.links(items.map(\.recommended))[2] == SparseRow(columns: [0], values: [0.5]))
        #expect(SparseMatrix.links(items.map(\.related))[1].columns.isEmpty)
        var gram = GramMatrix(itemCount: 3)
        for _ in 0..<10 { gram.add([0: 6]) }
        let model = ItemWeights.solve(gram: gram, side: SideInformation(items))
        #expect(model[0, 1] > model[0, 2])
        #expect(model[0, 2] > 0)
    }

    @Test("the number of threads changes no bit")
    func threads() {
        let gram = RandomLists.gram(of: RandomLists.lists(30, items: 20, seed: 22), items: 20)
        let side = SideInformation(Self.items)
        let one = ItemWeights.solve(gram: gram, side: side, threads: 1)
        #expect(ItemWeights.solve(gram: gram, side: side, threads: 4).encoded() == one.encoded())
    }

    @Test("similarities are the weighted cosines")
    func cosines() {
        let side = SideInformation(
            Self.items, weights: .init(titleWords: 0, titlePairs: 0, studios: 2, types: 1, terms: 0))
        let steps = side.similarities(threads: 1)
        let value = { (row: Int, column: Int) in Float(steps.row(row)[column]) * steps.unit }
        #expect(abs(value(1, 0) - 3) < 1e-3)
        #expect(abs(value(2, 0) - 1) < 1e-3)
        #expect(abs(value(2, 2) - 3) < 1e-3)
    }

    @Test("title words leave out what only numbers seasons")
    func titles() {
        let item = ItemDescription(titles: ["The Iron-Comet 2nd Season", "Tetsu no IRON"])
        #expect(item.titleWords == ["iron", "comet", "tetsu"])
        #expect(item.titlePairs == ["the iron", "iron comet", "comet 2nd", "2nd season"])
    }
}
