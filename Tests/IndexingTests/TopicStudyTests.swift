import Testing
import WebStandards

@testable import Indexing

@Suite("TopicStudy")
struct TopicStudyTests {
    @Test("every recipe and model finds topics that add up", arguments: TopicRecipe.allCases, TopicMethod.allCases)
    func recipes(recipe: TopicRecipe, method: TopicMethod) throws {
        let study = try TopicStudy(Self.moreSubjects, recipe: recipe, method: method, topicCount: 9)
        let report = study.report(examples: 2)
        #expect(report.topics.count == 9)
        #expect(report.animeCount == Self.moreSubjects.count)
        #expect(report.topics.reduce(0) { $0 + $1.animeCount } == Self.moreSubjects.count)
        #expect(report.topics.allSatisfy { (-1...1).contains($0.coherence) && $0.anime.count <= 2 })
        for shares in study.shares { #expect(abs(shares.reduce(0, +) - 1) < 1e-9) }
    }

    @Test("words that meet tell apart what has nothing in common")
    func separation() throws {
        let study = try TopicStudy(Self.moreSubjects, topicCount: 9)
        let mains = study.shares.map(\.mainTopic)
        for number in mains.indices { #expect(mains[number] == mains[number % 9]) }
        #expect(study.report(examples: 2).topics.allSatisfy { $0.anime.count == 2 && $0.animeCount == 12 })
    }

    /// Anime about one of nine things each, none of which too many are about.
    static let moreSubjects: [StorySource] = {
        let letters = Array("abcdefghi")
        return (0..<108).map { number in
            let words = (0..<5).filter { $0 != number / 9 % 5 }.map { "\(letters[number % 9])zzol\(letters[$0])k" }
            return StorySource(id: "Anime \(number)", descriptions: [words.joined(separator: " ") + ". The end"])
        }
    }()

    @Test("too few texts are an error that says what to do")
    func few() {
        #expect(throws: IndexError.self) { try TopicStudy(Array(Self.moreSubjects.prefix(5))) }
    }

    @Test("a map has every anime once, equal maps are equal, and clusters are those of the topics")
    func map() throws {
        let study = try TopicStudy(Self.moreSubjects, topicCount: 9)
        var options = StoryMap.Options()
        (options.clusterCount, options.iterations) = (9, 120)
        let map = study.storyMap(options)
        #expect(map.points.map(\.id) == Self.moreSubjects.map(\.id))
        #expect(map.points.allSatisfy { (0...1).contains($0.x) && (0...1).contains($0.y) })
        #expect(map.topics.reduce(0) { $0 + $1.count } == 108)
        #expect(map.clusters.map(\.count) == Array(repeating: 12, count: 9))
        for topic in 0..<9 { #expect(Set(map.points.filter { $0.topic == topic }.map(\.cluster)).count == 1) }
        #expect(study.storyMap(options).value.serialized() == map.value.serialized())
    }
}
