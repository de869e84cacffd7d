import Testing

@testable import Recommender

@Suite("ContentColumns")
struct ContentColumnsTests {
    /// Two genres of ten items with lovers of their own, and two new items, one of each genre; `ratings` people who love the first
    /// genre have already rated the first new item. The later an item, the more people list it, at its site and here.
    private func model(
        ratings: Int = 0, members: (Int, Int) = (1_000, 1_000), threads: Int = 1
    ) -> (weights: ItemWeights, gram: GramMatrix, side: SideInformation) {
        let items = (0..<22).map { item in
            ItemDescription(
                titles: ["Title\(item)"], year: 2_000 + item % 5, genres: [item % 2 == 0 ? "Drama" : "Action"],
                members: item < 20 ? 100 * (item / 2 + 1) : item == 20 ? members.0 : members.1)
        }
        var gram = GramMatrix(itemCount: 22)
        for person in 0..<60 {
            let liked = (0..<10).filter { person / 2 % 10 <= $0 }.map { 2 * $0 + person % 2 }
            var list = liked.map { (item: Int32($0), weight: Int32(3 + person % 3)) }
            if person % 2 == 0, person / 2 < ratings { list.append((item: 20, weight: 6)) }
            gram.add(SparseVector(list))
        }
        let side = SideInformation(items)
        return (ItemWeights.solve(gram: gram, side: side, threads: threads), gram, side)
    }

    @Test("a new item is for those who like its kind")
    func kind() {
        let (weights, _, _) = model()
        let scores = weights.scores(for: [0: 5, 2: 5, 4: 5])
        #expect(scores[20] > scores[21])
        #expect(weights.scores(for: [1: 5, 3: 5, 5: 5])[21] > weights.scores(for: [1: 5, 3: 5, 5: 5])[20])
    }

    @Test("who likes an item that nobody rated is recommended its kind, of that first what many like")
    func unrated() {
        let (weights, _, _) = model()
        let scores = weights.scores(for: [21: 5])
        let actions = stride(from: 1, to: 20, by: 2).map { scores[$0] }
        let dramas = stride(from: 0, to: 20, by: 2).map { scores[$0] }
        #expect(actions.allSatisfy { $0 > 0 } && actions.reduce(0, +) > 1.2 * dramas.reduce(0, +), "\(scores)")
        // Of one kind and one year.
        #expect(scores[11] > scores[1])
        // It changes nothing for who has rated what others have.
        #expect(weights.scores(for: [0: 5, 21: 0])[2] == weights.scores(for: [0: 5])[2])
    }

    @Test("of two new items of a kind the one that more list at its site comes first")
    func popularity() {
        let list: SparseVector = [0: 5, 2: 5, 4: 5]
        let few = model(members: (600, 600)).weights.scores(for: list)[20]
        let many = model(members: (6_000, 600)).weights.scores(for: list)[20]
        #expect(many > few)
    }

    @Test("content counts the less, the more ratings there are, and never suddenly")
    func degradation() {
        let neighbours = Array(repeating: ContentNeighbours.Lists(), count: 2_000)
        let columns = ContentColumns(
            neighbours: neighbours, expected: Array(repeating: 20, count: 2_000),
            fitted: Array(repeating: SparseColumn(), count: 2_000), evidence: (0..<2_000).map { Float($0) }, prior: 50,
            limit: 300)
        let shares = (0..<2_000).map { columns.contentShare(of: $0) }
        #expect(shares[0] == 1)
        #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 > $1 && $0 - $1 < 0.01 })
        #expect(shares[1_999] < 0.06)
    }

    @Test("the first ratings of a new item do not take away what content gave it")
    func fewRatings() {
        let list: SparseVector = [10: 5, 14: 5, 18: 5]
        let cold = model().weights.scores(for: list)[20]
        for ratings in [1, 2, 5, 20] {
            #expect(model(ratings: ratings).weights.scores(for: list)[20] > 0.6 * cold, "with \(ratings) ratings")
        }
    }

    @Test("the number of threads changes no bit, nor does having been solved before")
    func threads() {
        let (one, gram, side) = model(ratings: 2)
        #expect(model(ratings: 2, threads: 4).weights.encoded() == one.encoded())
        #expect(ItemWeights.solve(gram: gram, side: side).encoded() == one.encoded())
    }

    @Test("items without a description keep the columns of their ratings")
    func undescribed() {
        var gram = GramMatrix(itemCount: 4)
        for _ in 0..<20 { gram.add([2: 6, 3: 6]) }
        let model = ItemWeights.solve(
            gram: gram, side: SideInformation([ItemDescription(titles: ["Iron"]), ItemDescription(titles: ["Iron"])]))
        #expect(model[2, 3] > 0)
        #expect(model[2, 3] == ItemWeights.solve(gram: gram)[2, 3])
        // Two that nobody rated and that have one title speak for each other alone.
        #expect(model.column(0).map(\.item) == [1] && model.column(1).map(\.item) == [0])
    }
}
