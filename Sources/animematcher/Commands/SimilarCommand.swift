import ArgumentParser
import Indexing
import WebStandards
import Terminal

/// `animematcher similar`: anime like one.
struct SimilarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "similar",
        abstract: "Show the anime most like one, by what people like together and by the story.",
        discussion: "  animematcher similar \"Star Ferry\"")

    @Argument(help: "A title, or its beginning.")
    var title: String

    @Option(help: "How many to show.")
    var top = 10

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await database.withDatabase { database, _ in
            let index = try await AnimeIndex.load(from: database)
            let id = try await TitleLookup(database: database, index: index).id(of: title)
            let similar = try index.similar(to: id, count: max(1, top))
            if json { return Console.print(JSONValue.array(similar.map(\.value))) }
            Console.print("like \(Console.visible(id))")
            for (rank, other) in similar.enumerated() {
                let people = "\(Int((other.likedTogether * 100).rounded())) % liked together"
                let story = other.sharedTopic.isEmpty ? "" : "; story: \(other.sharedTopic.joined(separator: ", "))"
                Console.print(
                    "\(String(rank + 1).paddedLeft(3)). \(Console.visible(other.anime.id))  (\(people)\(story))")
            }
        }
    }
}
