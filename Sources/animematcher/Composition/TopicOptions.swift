public import ArgumentParser
public import Indexing
import Storage
import Terminal
import WebStandards

extension TopicRecipe: ExpressibleByArgument {}
extension TopicMethod: ExpressibleByArgument {}

/// Options of commands that show topics: the index's own, or ones that are fitted now.
struct TopicOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Fit topics now, by this recipe: standard, original, original-uncut. Default: the topics of the index."))
    var recipe: TopicRecipe?

    @Option(help: "Fit topics now, with this model: nmf, lda, lda-online.")
    var model: TopicMethod?

    @Option(help: ArgumentHelp("Fit so many topics now.", valueName: "count"))
    var topics: Int?

    @Option(
        help: ArgumentHelp(
            "Fit topics now to the texts of this file instead: JSON lines with title and synopsis. Needs no database.",
            valueName: "file"))
    var from: String?

    func validate() throws {
        if let topics, !(2...200).contains(topics) { throw ValidationError("--topics \(topics): expected 2 to 200") }
    }

    /// Whether the index's own topics are meant.
    var isOfIndex: Bool { recipe == nil && model == nil && topics == nil && from == nil }

    /// Calls `index` with the published index, or `study` with topics that were fitted now.
    func withTopics(
        _ database: DatabaseOptions, index: (AnimeIndex) throws -> Void, study: (TopicStudy) throws -> Void
    ) async throws {
        if let from { return try study(fitted(StoryFile(from).sources())) }
        try await database.withDatabase { database, _ in
            guard recipe != nil || model != nil || topics != nil else {
                return try index(try await AnimeIndex.load(from: database))
            }
            var sources: [StorySource] = []
            try await database.catalogue.forEachAnime { anime in
                let texts = anime["description"]?.arrayValue?.compactMap(\.stringValue) ?? []
                if let id = anime["_id"]?.stringValue, !texts.isEmpty {
                    sources.append(StorySource(id: id, descriptions: texts))
                }
            }
            try study(fitted(sources))
        }
    }

    private func fitted(_ sources: [StorySource]) throws -> TopicStudy {
        try TopicStudy(sources, recipe: recipe ?? .standard, method: model ?? .nmf, topicCount: topics ?? 30)
    }
}
