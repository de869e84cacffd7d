import ArgumentParser
import CrawlDomain
import CrawlEngine
import WebStandards
import Indexing
import Storage
import Terminal

/// `animematcher import entries`.
struct ImportEntriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "entries",
        abstract: "Import entries from CSV with a header, JSON lines, or anime-offline-database.",
        discussion: """
            What a data set does not have of a stored entry stays as it is.

              animematcher import entries anime.csv
              animematcher import entries anime_with_synopsis.csv
              animematcher import entries anime-offline-database.json --every-site
              zcat entries.jsonl.gz | animematcher import entries -
            """)

    @OptionGroup var options: ImportOptions

    @Flag(help: "Of a record that names several sites, make an entry of each; else one, of the first of them.")
    var everySite = false

    @Flag(
        inversion: .prefixedNo,
        help: "Keep what is stored, and add only what is missing. Default for anime-offline-database only.")
    var keepStored: Bool?

    func run() async throws {
        let ways = ["\(everySite)", keepStored.map { "\($0)" } ?? ""]
        let session = try ImportSession(options, kind: "entries", ways: ways)
        let entries = EntryImport(
            site: options.site, pipeline: session.pipeline, everySite: everySite, keepsStored: keepStored)
        let counts = try await session.run { sink, database, _ in
            try await session.records(of: .entry, into: sink) { try entries.entries($0) }
            try await sink.settle()
            guard let database else { return [:] }
            try await CatalogueFollower(database: database).catchUp()
            let counts = try await database.catalogue.counts()
            return ["entries": .int(Int64(counts.entries)), "anime": .int(Int64(counts.anime))]
        }
        if !options.json, let entries = counts["entries"]?.intValue, let anime = counts["anime"]?.intValue {
            Console.print("\(entries) entries make \(anime) anime")
        }
    }
}
