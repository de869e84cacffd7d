import Hummingbird
import Indexing
import Storage
import WebStandards

/// What to watch, what is alike, what stories are about: answered from the loaded index version.
struct RecommendationAPI: Sendable {
    /// Anime in one answer at most.
    private static let most = 100

    let holder: IndexHolder
    let database: AnimeDatabase
    let lists: KnownLists

    var endpoints: [Endpoint] {
        [
            .get(
                "/recommendations",
                "What to watch, for somebody who likes some anime; without any, what many watch. Nothing is stored.",
                group: "recommending", parameters: Self.tastes + RecommendationOptions.parameters,
                answer: "Recommendations",
                problems: [404: "No anime of that id is known.", 503: "No index version is loaded yet."],
                handle: recommendations),
            .get(
                "/users/{user}/recommendations", "What to watch, for a known user by their list as it is now.",
                group: "recommending",
                parameters: [.path("user", "A user: the name, or site:name.")] + RecommendationOptions.parameters,
                answer: "Recommendations",
                problems: [404: "No user of that name is known.", 503: "No index version is loaded yet."],
                handle: userRecommendations),
            .get(
                "/similar", "Anime that are like one.", group: "recommending",
                parameters: [
                    Parameter(name: "title", kind: .text(most: 300), about: "The anime's id.", isRequired: true),
                    .integer("count", 1...Self.most, standard: 10, "How many."),
                ], answer: "SimilarList",
                problems: [404: "No anime of that id is known.", 503: "No index version is loaded yet."],
                handle: similar),
            .get(
                "/topics", "What stories are about, each topic with its words and the anime that have most of it.",
                group: "recommending", answer: "Topics", problems: [503: "No index version is loaded yet."],
                handle: topics),
            .get(
                "/search", "Anime by what one begins to type; slips of the hand are forgiven.", group: "catalogue",
                parameters: [
                    Parameter(name: "q", kind: .text(most: 200), about: "The beginning of a title.", isRequired: true),
                    .integer("count", 1...Self.most, standard: 10, "How many."),
                ], answer: "SearchResults", problems: [503: "No index version is loaded yet."], handle: search),
            .get(
                "/index", "The loaded index version, and how many changes it is behind.", group: "operating",
                answer: "IndexStatus", problems: [503: "No index version is loaded yet."], handle: status),
        ]
    }

    /// What somebody states who is not known.
    static let tastes: [Parameter] = [
        Parameter(name: "like", kind: .texts(most: 300, times: 50), about: "Ids of anime that are liked."),
        Parameter(name: "dislike", kind: .texts(most: 300, times: 50), about: "Ids of anime that are disliked."),
    ]

    private func recommendations(_ call: Call) throws -> Answer {
        let index = try holder.loaded()
        let (likes, dislikes) = (call.allTexts("like"), call.allTexts("dislike"))
        let found = try index.recommend(likes: likes, dislikes: dislikes, RecommendationOptions(call))
        if let both = likes.first(where: dislikes.contains) {
            throw Problem(.badRequest, "dislike: '\(both)' is liked too; expected one of both")
        }
        return .json(bytes: found.serializedBytes, tag: index.tag)
    }

    private func userRecommendations(_ call: Call) async throws -> Answer {
        let index = try holder.loaded()
        // The list as it is now counts, not as it was when the index was made.
        guard let list = try await lists.list(of: call.text("user"), for: index) else {
            throw Problem(.notFound, "no user of that name is known")
        }
        let version = index.version.number
        let tag = list.revision.map { "\(index.tag)-\($0)" }
        if let known = lists.answer(call.query, of: list, index: version) { return .json(bytes: known, tag: tag) }
        let bytes = index.recommend(to: list.list, RecommendationOptions(call)).serializedBytes
        lists.keep(bytes, call.query, of: list, index: version)
        return .json(bytes: bytes, tag: tag)
    }

    private func similar(_ call: Call) throws -> Answer {
        let index = try holder.loaded()
        let found = try index.similar(to: call.text("title"), count: call.integer("count") ?? 10)
        return .json(.array(found.map(\.value)), tag: index.tag)
    }

    private func topics(_ call: Call) throws -> Answer {
        let index = try holder.loaded()
        return .json(.array(index.topics().map(\.value)), tag: index.tag)
    }

    private func search(_ call: Call) throws -> Answer {
        let index = try holder.loaded()
        let found = index.search(call.text("q"), limit: call.integer("count") ?? 10)
        return .json(.array(found.map(\.value)), tag: index.tag)
    }

    private func status(_ call: Call) async throws -> Answer {
        let version = try holder.loaded().version
        let newest = try await database.changes.newest()
        return .json([
            "version": .int(Int64(version.number)), "change": .int(Int64(version.change)),
            "lag": .int(Int64(max(0, newest - version.change))), "anime": .int(Int64(version.items)),
            "users": .int(Int64(version.users)),
        ])
    }
}
