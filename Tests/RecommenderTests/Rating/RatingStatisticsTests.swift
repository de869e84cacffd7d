import TestSupport
import Testing

@testable import Recommender

@Suite("RatingStatistics")
struct RatingStatisticsTests {
    @Test("random edits leave the sums of a rebuild, and the predictions made of them")
    func editsEqualRebuild() {
        var lists = RatedLists.random(60, items: 30, ratings: 12, seed: 1)
        let others = RatedLists.random(60, items: 40, ratings: 9, seed: 2)
        var edited = RatingStatistics(scale: 1...10)
        for list in lists.shuffled() { edited.add(list) }
        var generator = SplitMix64(seed: 3)
        for other in others {
            let place = Int.random(in: 0..<lists.count, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0:
                edited.add(other)
                lists.append(other)
            case 1:
                edited.replace(lists[place], with: other)
                lists[place] = other
            default:
                edited.subtract(lists[place])
                lists.remove(at: place)
            }
        }
        var rebuilt = RatingStatistics(itemCount: edited.itemCount, scale: 1...10)
        for list in lists.reversed() { rebuilt.add(list) }
        #expect(edited == rebuilt)
        let items = Array(0..<40)
        let (left, right) = (RatingPredictor(edited), RatingPredictor(rebuilt, threads: 3))
        for list in others.prefix(10) {
            #expect(left.predictions(for: list, items: items) == right.predictions(for: list, items: items))
        }
        edited.add(others[0])
        #expect(edited != rebuilt)
    }

    @Test("a person's ratings count in the person's own measure")
    func ownMeasure() {
        var statistics = RatingStatistics(scale: 1...10)
        // Mean 6, squares 2 · 9, prior 5 · 1.35²: a spread of √((18 + 9.1125) ÷ 7) = 1.968, so ±3 are ±12.19 eighths.
        statistics.add(RatedList([(item: 0, rating: 3), (item: 2, rating: 9)]))
        #expect(statistics.counts[2, 0] == 1)
        #expect(statistics.products[2, 0] == -144)
        #expect(statistics.products[2, 2] == 144)
        #expect(statistics.level == 6)
    }
}

@Suite("RatedList")
struct RatedListTests {
    @Test("items are ascending, the last of several ratings stays, what is no rating goes")
    func pairs() {
        let list = RatedList([(5, 3), (-1, 2), (2, .nan), (1, 4.5), (5, 7)].map { (item: Int32($0.0), rating: $0.1) })
        #expect(list.items == [1, 5])
        #expect(list.ratings == [4.5, 7])
    }
}
