import Testing

@testable import Recommender

@Suite
struct ItemSumsTests {
    @Test("an item is taken once, with its sum, and what adds nothing is not noted, however often it comes")
    func sums() {
        let sums = ItemSums(itemCount: 3)
        for _ in 0..<1_000 {
            sums.add(0, to: 1)
            sums.add(-.zero, to: 0)
            sums.add(.nan, to: 2)
        }
        for value in [1, 2, 4] as [Float] { sums.add(value, to: 2) }
        sums.add(0.5, to: 0)
        var taken: [Int32: Float] = [:]
        var order: [Int32] = []
        sums.take { item, sum in
            taken[item] = sum
            order.append(item)
        }
        #expect(order == [2, 0] && taken == [2: 7, 0: 0.5])
        sums.take { _, _ in order.append(9) }
        #expect(order == [2, 0])
    }
}
