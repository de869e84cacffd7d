import Testing

@testable import Recommender

@Suite("SeriesTitle")
struct SeriesTitleTests {
    @Test(
        "seasons, kinds and subtitles do not tell series apart",
        arguments: [
            ("Star Ferry 2nd Season", "star ferry"), ("Star Ferry: The Movie", "star ferry"),
            ("Star Ferry (2011)", "star ferry"), ("Star Ferry - Lights Out", "star ferry"),
            ("STAR FERRY!! Returns", "star ferry"), ("Star Ferry 2015", "star ferry"),
            ("Gekijouban Star Ferry", "star ferry"),
            ("One Two Three Four Five", "one two three"), ("The Final Season", "the final season"), ("灯台", "灯台"),
            ("Half-Moon", "half moon"), ("", ""),
        ])
    func keys(title: String, key: String) { #expect(SeriesTitle.key(of: title) == key) }
}

@Suite("Discovery")
struct DiscoveryTests {
    private static let titles = ["Ferry", "Ferry 2", "Tower", "Tower 2nd Season", "Rain", "", ""]

    private static func discovery(liked: [Int32]) -> Discovery {
        let test = RatingLists(
            userCount: 1, users: liked.map { _ in 0 }, items: liked, values: liked.map { _ in 9 })
        let seen = RatingLists(userCount: 1, users: [0], items: [0], values: [9])
        return Discovery(
            RankingEvaluation(
                test: test, seen: seen, catalogue: 0..<7, ratingCounts: Array(repeating: 1, count: 7)),
            titles: titles)
    }

    @Test("what belongs to a known series is passed over, and of each series one counts")
    func firsts() {
        let metrics = Self.discovery(liked: [1, 3, 4]).metrics(of: [[1, 2, 3, 4]])
        #expect(metrics.ndcg10 == 1, "Tower and Rain are all there is to discover")
        #expect(metrics.ownSeriesShare == 0.1, "of ten places, one")
        #expect(metrics.users == 1)
    }

    @Test("somebody who likes nothing new is not counted")
    func nobody() { #expect(Self.discovery(liked: [1]).metrics(of: [[1]]).users == 0) }

    @Test("items without a title are series of their own")
    func untitled() {
        let metrics = Self.discovery(liked: [6]).metrics(of: [[5, 6]])
        #expect(abs(metrics.ndcg10 - 0.6309297535714575) < 1e-12)
    }
}
