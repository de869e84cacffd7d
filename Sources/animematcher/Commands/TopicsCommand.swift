import ArgumentParser
import Indexing
import Terminal
import WebStandards

/// `animematcher topics`: what the stories are about.
struct TopicsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topics",
        abstract: "Show the topics of all stories, with their words and the anime that have most of them.",
        discussion: """
            Without options the topics of the index are shown; with --recipe, --model, --topics or --from they are fitted now and not \
            stored. Coherence says how well a topic's ten first words belong together (normalised pointwise mutual information, -1 to 1).

              animematcher topics --examples 3
              animematcher topics --recipe original
              animematcher topics --recipe original --model lda
              animematcher topics --from anime.jsonl --topics 20
            """)

    @Option(help: "How many anime to show for each topic.")
    var examples = 3

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var topics: TopicOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard (0...1_000).contains(examples) else {
            throw ValidationError("--examples: expected a number from 0 to 1000")
        }
    }

    func run() async throws {
        try await topics.withTopics(
            database, index: { show($0.topicReport(examples: examples)) },
            study: { show($0.report(examples: examples)) })
    }

    private func show(_ report: TopicReport?) {
        if json { return Console.print(JSONValue.array(report?.topics.map(\.value) ?? [])) }
        guard let report else { return Console.print("there are too few descriptions for topics") }
        TopicTable(report).lines.forEach { Console.print($0) }
    }
}
