import Recommender
import Testing
import WebStandards

@testable import Indexing

@Suite("StoryReader")
struct StoryReaderTests {
    private static func anime(description: [String], reviews: [String]) -> JSONObject {
        [
            "_id": "a", "description": .array(description.map(JSONValue.string)),
            "reviews": .array(reviews.map(JSONValue.string)),
        ]
    }

    @Test("an anime without a description is what its reviews tell of it, and one with a description is not")
    func reviews() throws {
        let reader = try StoryReader()
        let reviews = ["Pirates sail to an island.", "A treasure, and pirates."]
        let silent = Self.anime(description: [], reviews: reviews)
        #expect(reader.terms(of: silent) == reader.terms(of: reviews))
        #expect(reader.terms(of: silent).contains("pirat"))
        // A description of stop words alone says nothing.
        #expect(reader.terms(of: Self.anime(description: ["And so it was."], reviews: reviews)).contains("pirat"))
        let told = Self.anime(description: ["Robots fight."], reviews: reviews)
        #expect(reader.terms(of: told) == reader.terms(of: ["Robots fight."]))
    }

    @Test("of many reviews the most noticed ones count")
    func mostNoticed() throws {
        let reader = try StoryReader()
        let reviews = (0..<StoryReader.reviewsRead).map { "word\($0)x" } + ["treasure"]
        let terms = reader.terms(of: Self.anime(description: [], reviews: reviews))
        #expect(!terms.isEmpty)
        #expect(!terms.contains { $0.hasPrefix("treasur") })
    }

    @Test("topics are fitted again, and found, with anime that only reviews tell of")
    func inTheIndex() throws {
        let reader = try StoryReader()
        var state = IndexState()
        let reviewed = Self.anime(description: [], reviews: ["Pirates look for treasure."])
        state.set(reviewed, terms: reader.terms(of: reviewed))
        #expect(state.texts.statistics.documentCount == 1)
        // Somebody takes the review back.
        let silent = Self.anime(description: [], reviews: [])
        state.set(silent, terms: reader.terms(of: silent))
        #expect(state.texts.statistics == TermStatistics())
        #expect(state.topicsChanges == 2)
    }
}
