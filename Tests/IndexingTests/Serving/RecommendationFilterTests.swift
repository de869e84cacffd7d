import Recommender
import Testing

@testable import Indexing

@Suite("RecommendationFilter")
struct RecommendationFilterTests {
    private static func allows(
        _ card: AnimeCard?, _ change: (inout RecommendationFilter) -> Void = { _ in }
    ) throws -> Bool {
        var filter = RecommendationFilter()
        change(&filter)
        return filter.allows(try #require(card))
    }

    private static let card = Cards.card("Ferry", 1, year: 2010, genres: ["Drama", "Sci-Fi"], members: 500)

    @Test("each filter says yes and no")
    func filters() throws {
        #expect(try Self.allows(Self.card))
        #expect(try Self.allows(Self.card) { $0.types = ["tv"] })
        #expect(try !Self.allows(Self.card) { $0.types = ["Movie"] })
        #expect(try Self.allows(Self.card) { $0.years = 2010...2010 })
        #expect(try !Self.allows(Self.card) { $0.years = 2011...2020 })
        #expect(try Self.allows(Self.card) { $0.genres = ["DRAMA", "sci-fi"] })
        #expect(try !Self.allows(Self.card) { $0.genres = ["drama", "horror"] })
        #expect(try !Self.allows(Self.card) { $0.unwantedGenres = ["drama"] })
        #expect(try Self.allows(Self.card) { $0.unwantedGenres = ["horror"] })
        #expect(try Self.allows(Self.card) { $0.minimumMembers = 500 })
        #expect(try !Self.allows(Self.card) { $0.minimumMembers = 501 })
    }

    @Test("what has no year is of no range of years, and what is for adults comes when asked for")
    func unknown() throws {
        #expect(try !Self.allows(Cards.card("Ferry", 1)) { $0.years = 1900...2100 })
        #expect(try !Self.allows(Cards.card("Ferry", 1, adult: true)))
        #expect(try Self.allows(Cards.card("Ferry", 1, adult: true)) { $0.includesAdult = true })
    }
}

@Suite("Watched")
struct WatchedTests {
    @Test("a score says more than a plan, and a bad one as much as dropping")
    func states() {
        let row = { (score: UInt8, status: ListedEntry.Status?) in Watched(score: score, status: status) }
        #expect(row(0, .planToWatch) == .planned)
        #expect(row(7, .planToWatch) == .seen)
        #expect(row(0, .dropped) == .givenUp)
        #expect(row(4, .completed) == .givenUp)
        #expect(row(5, .completed) == .seen)
        #expect(row(0, .watching) == .seen)
        #expect(row(0, nil) == .seen)
    }

    @Test("of two seasons the one that was liked speaks for both")
    func combined() {
        #expect(Watched.seen.combined(with: .givenUp) == .seen)
        #expect(Watched.planned.combined(with: .givenUp) == .givenUp)
        #expect(Watched.planned.combined(with: .planned) == .planned)
    }
}

@Suite("WatchedRows")
struct WatchedRowsTests {
    @Test("an anime of several entries is noted once, with what says most")
    func combined() {
        var list = WatchedRows(count: 3)
        list.note(2, .planned)
        list.note(2, .seen)
        list.note(0, .givenUp)
        list.note(2, .givenUp)
        #expect(list.rows == [2, 0])
        #expect(list[0] == .givenUp && list[1] == nil && list[2] == .seen)
    }

    @Test("what is said last may count whatever was said before")
    func replaced() {
        var list = WatchedRows(count: 1)
        list.note(0, .seen)
        list.replace(0, .planned)
        #expect(list.rows == [0] && list[0] == .planned)
    }
}

@Suite("TopicProfiles")
struct TopicProfilesTests {
    private static let profiles = TopicProfiles([[0.6, 0.8], [], [1, 0]])

    @Test("likeness is a cosine, and its summands over topics are its parts")
    func cosine() {
        let profile = Self.profiles.profile(of: [(item: 0, weight: 2), (item: 2, weight: 0)])
        #expect(abs(profile[0] - 0.6) < 1e-6 && abs(profile[1] - 0.8) < 1e-6)
        let likenesses = Self.profiles.likenesses(to: profile)
        #expect(abs(likenesses[0] - 1) < 1e-6)
        #expect(likenesses[1] == 0)
        #expect(abs(likenesses[2] - 0.6) < 1e-6)
        #expect(abs(Self.profiles.likeness(0, 2) - 0.6) < 1e-6)
    }

    @Test("rows are summed topic after topic, however many there are", arguments: [1, 3, 4, 5, 30])
    func order(topics: Int) {
        var shares: [[Double]] = []
        for row in 0..<2_500 {
            let numbers: [Int] = (0..<topics).map { (row * 31 + $0 * 17) % 23 + 1 }
            shares.append(numbers.map(Double.init))
        }
        let profiles = TopicProfiles(shares)
        let profile = profiles.profile(of: [(item: 7, weight: 3), (item: 900, weight: 1)])
        let plain: [Float] = shares.indices.map { row in
            var sum: Float = 0
            for (factor, value) in zip(profile, profiles[Int32(row)] ?? []) { sum += factor * value }
            return sum
        }
        #expect(profiles.likenesses(to: profile) == plain)
    }

    @Test("without stories there is no profile")
    func nothing() {
        #expect(Self.profiles.profile(of: [(item: 1, weight: 5), (item: 9, weight: 5)]).isEmpty)
        #expect(TopicProfiles([]).likenesses(to: []).isEmpty)
    }
}
