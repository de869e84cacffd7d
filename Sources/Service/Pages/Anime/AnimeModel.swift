import Foundation
import Indexing
import WebStandards

/// The page of an anime, for the template `anime`. What is shown was written by strangers and may be long: numbers and lengths are bounded.
struct AnimeModel: Sendable {
    struct Fact: Sendable {
        let name: String
        let value: String
    }

    struct Topic: Sendable {
        let words: String
        let share: Int
    }

    struct Story: Sendable {
        let paragraphs: [String]
    }

    struct Similar: Sendable {
        let card: AnimeCardModel
        let liked: Int
        let story: Int
        /// Words of the topic that both are about; nil without one.
        let topic: String?
        /// Words that both descriptions have; nil without any.
        let words: String?
    }

    struct Review: Sendable {
        let beginning: String
        let paragraphs: [String]
        /// Whether it fits into the beginning.
        let isShort: Bool
    }

    private static let mostTitles = 12
    private static let mostReviews = 6
    private static let mostSongs = 60

    let id: String
    let cover: CoverModel
    let facts: [Fact]
    let otherTitles: [String]
    let hasOther: Bool
    let genres: [String]
    let stories: [Story]
    let moreStories: [Story]
    let hasStories: Bool
    let hasMoreStories: Bool
    let topics: [Topic]
    let hasTopics: Bool
    let similar: [Similar]
    let hasSimilar: Bool
    let openings: [String]
    let endings: [String]
    /// Songs whose place nobody says.
    let otherSongs: [String]
    let hasOpenings: Bool
    let hasEndings: Bool
    let hasOtherSongs: Bool
    let hasSongs: Bool
    let reviews: [Review]
    let hasReviews: Bool
    let entries: [AnimeEntryModel]
    let hasEntries: Bool
    /// The page *Find*, with this one marked.
    let recommend: String

    /// - Parameters:
    ///   - anime: The `anime` document.
    ///   - entries: Its `entries` documents, in its order.
    init(
        _ id: String, _ anime: JSONObject, entries: [JSONObject], topics: [(words: [String], share: Double)],
        similar: [SimilarAnime]
    ) {
        self.id = id
        cover = CoverModel(title: id, imageURL: anime["img_url"]?.stringValue)
        facts = Self.facts(anime, entries)
        otherTitles = Array(anime.strings("titles").filter { $0 != id }.prefix(Self.mostTitles))
        hasOther = !otherTitles.isEmpty
        genres = Array((anime.strings("genres") + anime.strings("themes") + anime.strings("demographics")).prefix(24))
        let stories = anime.strings("description").prefix(20).map { Story(paragraphs: Self.paragraphs($0)) }
        self.stories = Array(stories.prefix(1))
        moreStories = Array(stories.dropFirst())
        (hasStories, hasMoreStories) = (!stories.isEmpty, !moreStories.isEmpty)
        self.topics = topics.map {
            Topic(words: $0.words.joined(separator: ", "), share: Int(($0.share * 100).rounded()))
        }.filter { $0.share > 0 }
        hasTopics = !self.topics.isEmpty
        self.similar = similar.map(Self.similar)
        hasSimilar = !similar.isEmpty
        openings = Array(Self.unique(entries.flatMap { $0.strings("openings") }).prefix(Self.mostSongs))
        endings = Array(Self.unique(entries.flatMap { $0.strings("endings") }).prefix(Self.mostSongs))
        let songs = (anime["themesongs"]?.arrayValue ?? []).flatMap { $0.arrayValue ?? [] }.compactMap(\.stringValue)
        let placed = Set(openings + endings)
        otherSongs = Array(Self.unique(songs).filter { !placed.contains($0) }.prefix(Self.mostSongs))
        (hasOpenings, hasEndings, hasOtherSongs) = (!openings.isEmpty, !endings.isEmpty, !otherSongs.isEmpty)
        hasSongs = hasOpenings || hasEndings || hasOtherSongs
        let texts = anime.strings("reviews")
        reviews = texts.prefix(Self.mostReviews).map(Self.review)
        hasReviews = !texts.isEmpty
        self.entries = entries.prefix(60).map(AnimeEntryModel.init)
        hasEntries = !entries.isEmpty
        recommend = "/?like=\(FormFields.encoded(id))"
    }

    private static func facts(_ anime: JSONObject, _ entries: [JSONObject]) -> [Fact] {
        let first = entries.first
        let studios = anime.strings("studios").prefix(4).joined(separator: ", ")
        let facts: [(String, String?)] = [
            ("Type", anime["type"]?.stringValue),
            ("First shown", first?["premiered"]?.stringValue ?? anime["year"]?.intValue.map { "\($0)" }),
            ("Episodes", first?["episodes"]?.intValue.map { "\($0)" }), ("Length", first?["duration"]?.stringValue),
            ("Status", first?["status"]?.stringValue), ("Studio", studios), ("Made from", anime["source"]?.stringValue),
            ("Score", anime["score"]?.doubleValue.map { tenths($0) + " of 10" }),
            ("On lists", anime["members"]?.intValue.map { $0.formatted(.number.locale(.init(identifier: "en"))) }),
        ]
        return facts.compactMap { name, value in value.flatMap { $0.isEmpty ? nil : Fact(name: name, value: $0) } }
    }

    private static func tenths(_ score: Double) -> String {
        let hundredths = Int((min(max(score, 0), 10) * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    private static func similar(_ anime: SimilarAnime) -> Similar {
        var card = AnimeCardModel(anime.anime)
        card.canBeMarked = false
        let liked = Int((anime.likedTogether * 100).rounded())
        return Similar(
            card: card, liked: liked, story: 100 - liked,
            topic: anime.sharedTopic.isEmpty ? nil : anime.sharedTopic.joined(separator: ", "),
            words: anime.sharedWords.isEmpty ? nil : anime.sharedWords.joined(separator: ", "))
    }

    private static func review(_ text: String) -> Review {
        let short = 280
        let paragraphs = paragraphs(String(text.prefix(6_000)))
        let first = paragraphs.first ?? ""
        guard text.count > short else { return Review(beginning: text, paragraphs: [], isShort: true) }
        let cut = first.prefix(short).split(separator: " ", omittingEmptySubsequences: false)
        // Between words, where there are several.
        let words = cut.count > 1 ? cut.dropLast().joined(separator: " ") : String(first.prefix(short))
        let beginning = first.count > short ? words : first
        return Review(beginning: beginning + " …", paragraphs: paragraphs, isShort: false)
    }

    private static func paragraphs(_ text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingPrefix(while: \.isWhitespace) }.filter { !$0.isEmpty }
            .map(String.init)
    }

    private static func unique(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.filter { seen.insert($0).inserted }
    }
}

extension JSONObject {
    fileprivate func strings(_ field: String) -> [String] {
        (self[field]?.arrayValue ?? []).compactMap(\.stringValue).filter { !$0.isEmpty }
    }
}
