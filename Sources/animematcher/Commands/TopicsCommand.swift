import ArgumentParser
import Indexing
import WebStandards
import Terminal

/// `animematcher topics`: what the stories are about.
struct TopicsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topics",
        abstract: "Show the topics of all stories, with their words and the anime that have most of them.",
        discussion: "  animematcher topics --examples 3")

    @Option(help: "How many anime to show for each topic.")
    var examples = 3

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await database.withDatabase { database, _ in
            let topics = try await AnimeIndex.load(from: database).topics(examples: max(0, examples))
            if json { return Console.print(JSONValue.array(topics.map(\.value))) }
            guard !topics.isEmpty else { return Console.print("there are too few descriptions for topics") }
            var table = Table([("topic", .right), ("anime", .right), ("words", .left), ("most of it", .left)])
            for topic in topics {
                table.add([
                    String(topic.number), String(topic.animeCount), topic.words.joined(separator: " "),
                    topic.anime.map { Console.visible($0.id, limit: 32) }.joined(separator: " · "),
                ])
            }
            table.lines.forEach { Console.print($0) }
        }
    }
}
