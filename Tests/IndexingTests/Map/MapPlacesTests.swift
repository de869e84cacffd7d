import Foundation
import Recommender
import TestSupport
import Testing

@testable import Indexing
@testable import Storage

@Suite("MapPlaces")
struct MapPlacesTests {
    /// Stories of three kinds, told apart by their greatest share.
    static func stories(_ count: Int, seed: UInt64 = 3) -> [(id: String, shares: [Double])] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { number in
            let row = (0..<6).map { ($0 == number % 3 ? 3.0 : 0.2) * Double.random(in: 0.5...1, using: &random) }
            let total = row.reduce(0, +)
            return ("Anime \(number)", row.map { $0 / total })
        }
    }

    private static func published(_ stories: [(id: String, shares: [Double])], former: PublishedMap? = nil)
        -> PublishedMap
    {
        let places = MapStories(stories, nil).places(.init(), former: former, topics: "t")
        let version = MapVersion(
            number: (former?.version.number ?? 0) + 1, publishedAt: Date(timeIntervalSince1970: 0),
            description: MapDescription(topics: "t", topicsChanges: 0, anime: places.places.count, seconds: 0))
        return PublishedMap(version: version, places: places)
    }

    private static func distance(_ one: PlanePoint, _ other: PlanePoint) -> Double {
        hypot(one.x - other.x, one.y - other.y)
    }

    @Test("places are read as they were written, and what was cut short is refused")
    func codec() throws {
        let places = Self.published(Self.stories(40)).places
        #expect(try MapPlaces(bytes: places.bytes) == places)
        for count in [0, 3, 12, places.bytes.count - 1] {
            #expect(throws: IndexError.self) { try MapPlaces(bytes: Array(places.bytes.prefix(count))) }
        }
    }

    @Test("the same stories and the same map before give the same bytes")
    func determinism() {
        let stories = Self.stories(60)
        let first = Self.published(stories)
        #expect(Self.published(stories).places == first.places)
        let second = Self.published(stories, former: first).places.bytes
        #expect(Self.published(stories, former: first).places.bytes == second)
    }

    @Test("from one map to the next the picture does not jump, though stories came and went")
    func stability() {
        let before = Self.published(Self.stories(90))
        let after = Self.published(Self.stories(99).filter { $0.id != "Anime 5" }, former: before)
        let old = Dictionary(uniqueKeysWithValues: before.places.places.map { ($0.id, $0.point) })
        var moved: [Double] = []
        for place in after.places.places {
            if let point = old[place.id] { moved.append(Self.distance(point, place.point)) }
        }
        #expect(moved.count == 89)
        // Two points of the square are half a side apart on the average.
        #expect(moved.sorted()[moved.count / 2] < 0.1, "\(moved.sorted()[moved.count / 2])")
    }

    @Test("a new story lies beside its likes at once, a changed one moves to them, one that is gone is not drawn")
    func newcomers() throws {
        let stories = Self.stories(60)
        let map = Self.published(stories)
        let point = Dictionary(uniqueKeysWithValues: map.places.places.map { ($0.id, $0.point) })
        let like = stories[6].shares
        var now = stories.filter { $0.id != "Anime 9" } + [("New", like)]
        now[1].shares = like
        let placed = map.placing(now, topics: "t")
        let home = try #require(point["Anime 6"])
        #expect(placed.allSatisfy { $0 != nil })
        #expect(Self.distance(try #require(placed.last??.point), home) < 0.1)
        #expect(Self.distance(try #require(placed[1]?.point), home) < 0.1)
        #expect(placed[0]?.point == point["Anime 0"])
        #expect(map.placing(now, topics: "t").map { $0?.point } == placed.map { $0?.point })
    }

    @Test("under other topics all stay where they are until the next map")
    func otherTopics() {
        let stories = Self.stories(30)
        let map = Self.published(stories)
        let turned = stories.map { ($0.id, Array($0.shares.reversed())) }
        #expect(map.placing(turned, topics: "other").map { $0?.point } == map.places.places.map(\.point))
    }

    @Test("a step that is not wanted any more is not made")
    func cancelled() {
        let stories = Self.stories(30)
        let map = Self.published(stories)
        var asked = 0
        let places = MapStories(stories, nil).places(.init(), former: map, topics: "t") {
            asked += 1
            return asked < 3
        }
        // No step: they are where they were, but for the frame; asked once before and then for each step.
        #expect(places.places.count == 30)
        #expect(asked < 300)
    }
}
