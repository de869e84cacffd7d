public import ArgumentParser
import Foundation
public import Indexing
import Storage
import Terminal
import WebStandards

extension StoryMap.Method: ExpressibleByArgument {}
extension StoryMap.Colour: ExpressibleByArgument {}

/// `animematcher map`: all stories on a plane.
struct MapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map",
        abstract: "Draw the story map: all anime on a plane, so that stories about the same things lie together.",
        discussion: """
            The picture is an SVG file for light and dark screens; a title appears where the pointer rests. The same index gives the same \
            picture.

              animematcher map stories.svg
              animematcher map clusters.svg --colour clusters --clusters 20
              animematcher map --json > stories.json
              animematcher map stories.svg --from anime.jsonl
              animematcher map --publish
            """)

    @Argument(help: ArgumentHelp("The picture to write; an SVG file.", valueName: "file.svg"))
    var file: String?

    @Option(help: "What finds the places: tsne or pca.")
    var method = StoryMap.Method.tsne

    @Option(help: "What the colours say: topics, or clusters as k-means finds them.")
    var colour = StoryMap.Colour.topics

    @Option(help: "How many clusters k-means looks for.")
    var clusters = 25

    @Option(help: "How many neighbours t-SNE looks at, about.")
    var perplexity = 30.0

    @Flag(help: "Print places, topics and clusters as JSON.")
    var json = false

    @Flag(
        help:
            "Make the map that the service shows anew, starting from the places of the one before. The service does so by itself."
    )
    var publish = false

    @OptionGroup var topics: TopicOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard file != nil || json || publish else {
            throw ValidationError("expected a file to write, --json or --publish")
        }
        let ending = file.map { URL(fileURLWithPath: $0).pathExtension.lowercased() } ?? ""
        guard ending.isEmpty || ending == "svg" else {
            throw ValidationError(
                "\(Console.visible(file ?? "")): expected a name that ends in .svg, which is what is written")
        }
        guard !publish || file == nil && !json && topics.isOfIndex else {
            throw ValidationError(
                "--publish: expected no file, no --json and no options of topics; it publishes the index's own")
        }
        guard (1...200).contains(clusters) else {
            throw ValidationError("--clusters \(clusters): expected 1 to 200")
        }
        guard (2...100).contains(perplexity) else {
            throw ValidationError("--perplexity \(perplexity): expected 2 to 100")
        }
    }

    func run() async throws {
        var options = StoryMap.Options()
        (options.method, options.clusterCount, options.perplexity) = (method, clusters, perplexity)
        guard !publish else { return try await publish(options) }
        try await topics.withTopics(
            database, index: { try write($0.storyMap(options)) }, study: { try write($0.storyMap(options)) })
    }

    private func publish(_ options: StoryMap.Options) async throws {
        try await database.withDatabase { database, _ in
            guard let version = try await MapPublisher(database: database, options: options, givesWay: false).publish()
            else {
                throw Self.missing
            }
            Console.note("map \(version.number) published: \(version.description.anime) anime")
        }
    }

    private static let missing = Failure(
        "there are too few descriptions for a map; crawl or import more, then: animematcher index build")

    private func write(_ map: StoryMap?) throws {
        guard let map, !map.points.isEmpty else {
            throw Self.missing
        }
        if json { Console.print(map.value) }
        guard let file else { return }
        do {
            try Data(StoryMapDrawing(map, colour: colour).svg.utf8).write(to: URL(fileURLWithPath: file))
        } catch {
            throw Failure(
                "\(Console.visible(file)): cannot be written; expected the path of a file in a folder that exists")
        }
        Console.note("\(map.points.count) anime drawn to \(Console.visible(file))")
    }
}
