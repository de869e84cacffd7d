import Testing

@testable import Recommender

@Suite("Popularity")
struct PopularityTests {
    @Test("people are counted, not weights, and can be taken away")
    func counts() {
        var popularity = Popularity(itemCount: 2)
        popularity.add([0: 6, 3: 1])
        popularity.add([3: 2])
        #expect(popularity.scores == [1, 0, 0, 2])
        popularity.subtract([3: 2])
        #expect(popularity.counts == [1, 0, 0, 1])
    }
}

@Suite("Nearest neighbours")
struct NearestNeighbourTests {
    @Test("a column holds the greatest cosines")
    func cosines() {
        let lists = RandomLists.lists(40, items: 12, seed: 21)
        let gram = CoRatings(itemCount: 12, lists)
        let model = ItemWeights.nearestNeighbours(gram, count: 3)
        for column in 0..<12 {
            var cosines: [(item: Int, value: Float)] = []
            for row in 0..<12 where row != column && gram[row, column] > 0 {
                cosines.append(
                    (row, Float(gram[row, column]) / (Float(gram[row, row]) * Float(gram[column, column])).squareRoot())
                )
            }
            let best = cosines.sorted { $0.value > $1.value || ($0.value == $1.value && $0.item < $1.item) }.prefix(3)
            #expect(Set(model.column(Int32(column)).map { Int($0.item) }) == Set(best.map(\.item)))
        }
    }
}
