import Recommender
import Testing
import WebStandards

@testable import Indexing

/// Stories about one of eight things each, with some words of their own; none is in more than a sixth of them.
private func stories(_ count: Int) -> [[String]] {
    let subjects = [
        ["pirate", "ship", "sea", "treasure"], ["robot", "pilot", "war", "colony"], ["idol", "stage", "song", "fan"],
        ["school", "club", "teacher", "exam"], ["king", "sword", "castle", "throne"],
        ["ghost", "shrine", "curse", "spirit"],
        ["chef", "kitchen", "recipe", "taste"], ["goal", "match", "team", "coach"],
    ]
    return (0..<count).map { number in
        let subject = subjects[number % 8]
        return subject.filter { $0 != subject[number / 8 % 4] } + ["word\(number % 7)"]
    }
}

private func texts(_ documents: [[String]]) -> StoryTexts {
    var texts = StoryTexts()
    for (row, terms) in documents.enumerated() { texts.set(terms, at: Int32(row)) }
    return texts
}

@Suite("StoryTopics")
struct StoryTopicsTests {
    @Test("topics are found again after they were stored, with the words people write")
    func stored() throws {
        let topics = try #require(StoryTopics(texts(stories(96)), words: ["pirate": "pirates"]))
        let copy = try #require(try StoryTopics(chunks: topics.chunks))
        #expect(copy.fitted.model.topics == topics.fitted.model.topics)
        #expect(copy.fitted.coherences == topics.fitted.coherences)
        #expect(copy.chunks == topics.chunks)
        #expect(copy.word(for: "pirate") == "pirates")
        #expect(copy.word(for: "ship") == "ship")
        #expect(copy.word(for: "unheard") == nil)
        for story in stories(8) { #expect(copy.shares(of: story) == topics.shares(of: story)) }
    }

    @Test("bytes of another format are refused")
    func otherFormat() throws {
        var chunks = try #require(StoryTopics(texts(stories(96)), words: [:])).chunks
        chunks[0][0] ^= 0xFF
        #expect(throws: IndexError.self) { try StoryTopics(chunks: chunks) }
        chunks[0] = Array(chunks[0].prefix(40))
        #expect(throws: IndexError.self) { try StoryTopics(chunks: chunks) }
        #expect(try StoryTopics(chunks: []) == nil)
    }

    @Test(
        "a new story has its topics at once, from itself and the topics alone, and a story without a known word has none"
    )
    func foldIn() throws {
        let topics = try #require(StoryTopics(texts(stories(96)), words: [:]))
        let shares = topics.shares(of: ["treasure", "sea", "unheard"])
        #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
        let main = try #require(shares.mainTopic)
        #expect(!Set(topics.words(of: main, count: 4)).isDisjoint(with: ["treasure", "sea"]))
        #expect(topics.shares(of: ["unheard"]).mainTopic == nil)
    }

    @Test("the topic most stories are about comes first")
    func order() throws {
        let topics = try #require(StoryTopics(texts(stories(96)), words: [:]))
        let mains = stories(96).compactMap { topics.shares(of: $0).mainTopic }
        let sizes = (0..<topics.topicCount).map { topic in mains.count { $0 == topic } }
        #expect(sizes == sizes.sorted(by: >))
    }

    @Test("too few stories have no topics")
    func few() { #expect(StoryTopics(texts(stories(9)), words: [:]) == nil) }
}

@Suite("Drift of topics")
struct TopicDriftTests {
    @Test("descriptions that come, change and go count, equal ones do not; a fit begins anew")
    func counting() {
        var state = IndexState()
        for number in 0..<20 {
            state.set(["_id": .string("a\(number)")], terms: stories(20)[number])
        }
        #expect(state.topicsChanges == 20)
        state.fitTopics(words: [:])
        #expect(state.topicsChanges == 0)
        state.set(["_id": "a1"], terms: stories(20)[1])
        #expect(state.topicsChanges == 0)
        state.set(["_id": "a1"], terms: ["other"])
        state.removeAnime("a2")
        state.set(["_id": "new"], terms: ["song", "stage"])
        #expect(state.topicsChanges == 3)
    }
}
