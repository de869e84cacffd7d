import ArgumentParser
import Indexing
import Storage
import WebStandards
import Terminal

/// `animematcher recommend`: what to watch, and why.
struct RecommendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recommend",
        abstract: "Recommend anime to a known user, or to somebody who likes some titles.",
        discussion: """
            What a person has seen is never recommended. Of a series that was begun comes the next part, of another one its beginning.

              animematcher recommend kaito --why
              animematcher recommend --like "Star Ferry" --like "Tower of Rain" --dislike "Crow" --top 5
              animematcher recommend kaito --type tv --years 2010-2020 --genre drama --no-genre horror
              animematcher recommend kaito --series exclude --diversity 0.3
            """)

    @Argument(help: "A user: the name, or the key \"site:name\".")
    var user: String?

    @Option(help: ArgumentHelp("A title that is liked; may be given several times.", valueName: "title"))
    var like: [String] = []

    @Option(help: ArgumentHelp("A title that is not liked, beside --like.", valueName: "title"))
    var dislike: [String] = []

    @Flag(help: "Recommend to the user with the longest list; for demonstrations.")
    var sampleUser = false

    @Option(help: "How many to recommend.")
    var top = 10

    @Flag(help: "Say why.")
    var why = false

    @Option(help: "How much the story counts against what people like together, 0 to 1.")
    var storyShare = RecommendationOptions().storyShare

    @Option(help: "How much the recommended should differ from one another, 0 to 1.")
    var diversity = RecommendationOptions().diversity

    @Option(
        help: """
            Of series: 'next' is the next part of one that was begun and the beginning of others, 'exclude' only what is new to the \
            person, 'all' everything.
            """)
    var series = SeriesArgument.next

    @OptionGroup(title: "Filters") var filters: RecommendationFilterOptions

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        let given = (user == nil ? 0 : 1) + (like.isEmpty ? 0 : 1) + (sampleUser ? 1 : 0)
        guard given == 1 else { throw ValidationError("give one of these: a user, --like TITLE, --sample-user") }
        guard (1...1000).contains(top) else { throw ValidationError("--top: expected a number from 1 to 1000") }
        guard dislike.isEmpty || !like.isEmpty else {
            throw ValidationError("--dislike: expected --like TITLE beside it")
        }
        guard (0...1).contains(diversity) else { throw ValidationError("--diversity: expected a number from 0 to 1") }
        guard (0...1).contains(storyShare) else {
            throw ValidationError("--story-share: expected a number from 0 to 1")
        }
    }

    func run() async throws {
        try await database.withDatabase { database, _ in
            let index = try await AnimeIndex.load(from: database)
            try filters.check(index.facets)
            var options = RecommendationOptions()
            options.count = top
            options.storyShare = storyShare
            options.diversity = diversity
            options.series = series.mode
            options.includesPlanned = filters.planned
            options.includesListed = filters.listed
            options.filter = filters.filter
            let (heading, list) = try await recommend(index, options, database)
            show(list, heading: heading)
        }
    }

    private func recommend(
        _ index: AnimeIndex, _ options: RecommendationOptions, _ database: AnimeDatabase
    ) async throws -> (String, [AnimeRecommendation]) {
        if !like.isEmpty {
            let titles = TitleLookup(database: database, index: index)
            var (ids, disliked): ([String], [String]) = ([], [])
            for title in like { ids.append(try await titles.id(of: title)) }
            for title in dislike { disliked.append(try await titles.id(of: title)) }
            if let both = disliked.first(where: ids.contains) {
                throw Failure("'\(Console.visible(both))' is liked and disliked; expected one of both")
            }
            let list = try index.recommend(likes: ids, dislikes: disliked, options)
            return ("for somebody who likes \(ids.joined(separator: ", "))", list)
        }
        let found = try await UserLookup(database: database).user(sampleUser ? nil : user)
        return ("for \(found["_id"]?.stringValue ?? "")", index.recommend(to: found, options))
    }

    private func show(_ list: [AnimeRecommendation], heading: String) {
        if json { return Console.print(JSONValue.array(list.map(\.value))) }
        Console.print(list.isEmpty ? "nothing to recommend \(heading)" : "recommended \(heading)")
        for (rank, recommendation) in list.enumerated() {
            let anime = recommendation.anime
            let facts = [anime.type, anime.year.map(String.init)].compactMap(\.self) + anime.genres.prefix(3)
            Console.print(
                "\(String(rank + 1).paddedLeft(3)). \(Console.visible(anime.id))  (\(facts.joined(separator: ", ")))")
            if why { recommendation.reasons.forEach { Console.print("       \(Console.visible($0.sentence))") } }
        }
    }
}

extension String {
    func paddedLeft(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}

/// What of series may be recommended, on the command line.
enum SeriesArgument: String, ExpressibleByArgument, CaseIterable {
    case all, next, exclude

    var mode: SeriesMode {
        switch self {
        case .all: .all
        case .next: .next
        case .exclude: .exclude
        }
    }
}
