import ArgumentParser
import CrawlDomain
import Indexing
import Storage
import WebStandards
import Terminal

/// `animematcher catalog`: how entries are combined into anime.
struct CatalogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog",
        abstract: "Show or rebuild how entries are combined into anime.",
        discussion: """
              animematcher catalog show "Star Ferry"
              animematcher catalog rebuild
            """,
        subcommands: [Show.self, Rebuild.self])

    /// Shows one anime.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the entries of an anime, what joins them, what was refused, and former names.",
            discussion: """
                For every entry the relations that join it, who states them, and since when at least; then relations that do not join, \
                and why. The rules: docs/catalog.md

                  animematcher catalog show "Star Ferry"
                  animematcher catalog show demo:12 --json
                """)
        @Argument(
            help:
                "A title or its beginning, a present or former id, an entry's key or number; slips of the hand are forgiven."
        )
        var title: String
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await database.withDatabase { database, _ in
                let anime = try await AnimeLookup(database: database).anime(title, takesFirst: true)
                let explanation = try await CatalogueExplanation(of: anime, in: database)
                CatalogueReport(explanation).print(json: json)
            }
        }
    }

    /// Combines everything anew.
    struct Rebuild: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Combine all entries anew; only what differs is written.")
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await database.withDatabase { database, _ in
                let cause = ChangeCause(.catalog, id: "catalog rebuild")
                let summary = try await CatalogueFollower(database: database).rebuild(cause: cause)
                let counts = try await database.catalogue.counts()
                Console.print(
                    "\(counts.entries) entries make \(counts.anime) anime (\(summary.inserted) new, \(summary.updated) changed)"
                )
            }
        }
    }
}
