import Testing

@testable import Recommender

@Suite("RatingLists")
struct RatingListsTests {
    @Test("ratings in any order come out by person and item")
    func order() {
        let lists = RatingLists(userCount: 3, users: [2, 0, 2, 0], items: [5, 7, 1, 3], values: [1, 2, 3, 4])
        #expect(lists.userCount == 3)
        #expect(Array(lists[0].items) == [3, 7])
        #expect(Array(lists[0].values) == [4, 2])
        #expect(lists[1].isEmpty)
        #expect(Array(lists[2].items) == [1, 5])
        #expect(lists[3].isEmpty)
        #expect(lists.counts(itemCount: 8) == [0, 1, 0, 1, 0, 1, 0, 1])
        #expect(lists[2].contains(5) && !lists[2].contains(3))
    }

    @Test("the last of a person's ratings of one item counts, unless all are kept")
    func repeated() {
        let lists = RatingLists(userCount: 1, users: [0, 0, 0], items: [2, 1, 2], values: [9, 5, 3])
        #expect(Array(lists[0].values) == [5, 3])
        let all = RatingLists(
            userCount: 1, users: [0, 0, 0], items: [2, 1, 2], values: [9, 5, 3], keepsRepeated: true)
        #expect(Array(all[0].values) == [5, 9, 3])
    }

    @Test("unwanted ratings go and people stay")
    func filter() {
        let lists = RatingLists(userCount: 2, users: [0, 1, 1], items: [0, 0, 1], values: [-1, 4, 0]).filter { $0 > 0 }
        #expect(lists.userCount == 2)
        #expect(lists[0].isEmpty)
        #expect(Array(lists[1].items) == [0])
    }
}

@Suite("RatingScale")
struct RatingScaleTests {
    @Test(
        "the scale is the least usual one that holds all ratings",
        arguments: [
            ([1, 7, 10.0], 10.0, 8.0), ([0.5, 4.5], 5, 4), ([1, 1], 1, 1), ([55, 80], 100, 80), ([], 10, 8),
        ])
    func guess(ratings: [Double], top: Double, liked: Double) {
        let scale = RatingScale(of: ratings)
        #expect(scale.top == top)
        #expect(scale.liked == liked)
    }

    @Test("half stars become whole points, and no rating stays none")
    func tenPoint() {
        let stars = RatingScale(top: 5)
        #expect([0.5, 1, 3.5, 4.5, 5, 0, -1].map(stars.tenPoint) == [1, 2, 7, 9, 10, 0, 0])
        #expect([1, 7.4, 7.5, 10, 12].map(RatingScale.ten.tenPoint) == [1, 7, 8, 10, 10])
        #expect([1e300, .infinity, .nan, -1e300].map(RatingScale.ten.tenPoint) == [10, 10, 0, 0])
    }
}
