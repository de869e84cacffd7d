import ArgumentParser
import CrawlDomain
import CrawlEngine
import Foundation
import Indexing
import Storage
import WebStandards
import Terminal

/// `animematcher import`: takes in public data sets.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import entries or ratings from public data sets.",
        discussion: """
            A bad row is named with its line and reason and left out; the rest is imported.

              animematcher import entries anime.jsonl
              animematcher import ratings ratings.csv --items items.csv
            """,
        subcommands: [Entries.self, Ratings.self, ImportPagesCommand.self])

    /// Imports entries.
    struct Entries: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import entries from CSV with a header, or from JSON lines.")

        @Argument(help: "The file: .csv, else one JSON object a line.")
        var file: String

        @Option(help: "The site whose numbers the file uses.")
        var site = "myanimelist"

        @OptionGroup var database: DatabaseOptions

        private static let batch = 500

        func run() async throws {
            let entries = EntryImport(site: site, pipeline: ItemPipeline(schemas: try ProjectFolder.itemSchemas()))
            let input = try ImportFile(file)
            try await database.withDatabase { database, _ in
                var report = ImportReport(file: file)
                var summary = CommitSummary()
                let cause = ChangeCause(.import, id: URL(fileURLWithPath: file).lastPathComponent)
                var reader = ImportRecordReader(file.hasSuffix(".csv") ? .csv : .jsonLines)
                while let piece = try input.nextPiece() {
                    let items = entries.items(of: reader.read(piece), &report)
                    summary.add(try await database.ledger.store(items, inBatchesOf: Self.batch, cause: cause))
                }
                let items = entries.items(of: reader.finish(), &report)
                summary.add(try await database.ledger.store(items, inBatchesOf: Self.batch, cause: cause))
                report.show(summary, noun: "entries")
                try await CatalogueFollower(database: database).catchUp()
                let counts = try await database.catalogue.counts()
                Console.print("\(counts.entries) entries make \(counts.anime) anime")
            }
        }
    }

    /// Imports ratings.
    struct Ratings: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import people's ratings from CSV: user, item, rating.")

        @Argument(help: "The CSV file; a rating of -1 means watched without one.")
        var file: String

        @Option(help: ArgumentHelp("A CSV file that says which entry each item is: item, mal_id.", valueName: "file"))
        var items: String?

        @Option(help: "The site whose entries were rated.")
        var site = "myanimelist"

        @OptionGroup var database: DatabaseOptions

        private static let batch = 100

        func run() async throws {
            let (ratings, report) = try read()
            try await database.withDatabase { database, _ in try await store(ratings, report, in: database) }
        }

        private func read() throws -> (RatingsImport, ImportReport) {
            var report = ImportReport(file: file)
            var ratings = RatingsImport(site: site, entryOfItem: try items.map(entryNumbers))
            var reader = CSVReader()
            let input = try ImportFile(file)
            while let piece = try input.nextPiece() { try ratings.take(reader.rows(in: piece), &report) }
            try ratings.take(reader.lastRows(), &report)
            guard ratings.hasHeader else { throw Failure("\(file): is empty; expected CSV with user,item,rating") }
            return (ratings, report)
        }

        private func store(_ ratings: RatingsImport, _ report: ImportReport, in database: AnimeDatabase) async throws {
            var report = report
            let pipeline = ItemPipeline(schemas: try ProjectFolder.itemSchemas())
            let titles = try await titles(database)
            let cause = ChangeCause(.import, id: URL(fileURLWithPath: file).lastPathComponent)
            var summary = CommitSummary()
            let users = ratings.userNames
            for start in stride(from: 0, to: users.count, by: Self.batch) {
                let some = users[start..<min(start + Self.batch, users.count)]
                let items = some.compactMap { item(ratings.list(of: $0, titles: titles), pipeline, &report) }
                summary.add(try await database.ledger.store(items, cause: cause))
                if Console.isTerminal { Console.paint("\(start) of \(users.count) users") }
            }
            report.show(summary, noun: "users")
        }

        private func item(_ fields: JSONObject, _ pipeline: ItemPipeline, _ report: inout ImportReport) -> Item? {
            switch pipeline.process(fields, type: .user) {
            case .item(let item): return item
            case .drop(let drop):
                report.reject("\(drop.key ?? ""): \(drop.reason.rawValue): \(drop.detail)")
                return nil
            }
        }

        private func entryNumbers(_ file: String) throws -> [Int32: Int32] {
            var reader = ImportRecordReader(.csv)
            var outcomes: [ImportRecordReader.Outcome] = []
            let input = try ImportFile(file)
            while let piece = try input.nextPiece() { outcomes += reader.read(piece) }
            outcomes += reader.finish()
            let pairs = outcomes.compactMap { outcome -> (Int32, Int32)? in
                guard let record = try? outcome.get(), let item = record.itemNumber, let entry = record.entryNumber
                else { return nil }
                return (item, entry)
            }
            guard !pairs.isEmpty else {
                throw Failure("\(file): expected CSV with the columns item and mal_id")
            }
            return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
        }

        private func titles(_ database: AnimeDatabase) async throws -> [Int32: (title: String, type: String?)] {
            var titles: [Int32: (title: String, type: String?)] = [:]
            try await database.catalogue.forEachEntry { entry in
                guard entry["site"]?.stringValue == site, let id = entry["id"]?.intValue.flatMap(Int32.init(exactly:))
                else { return }
                titles[id] = (entry["title"]?.stringValue ?? "", entry["type"]?.stringValue)
            }
            return titles
        }
    }
}

extension EntryImport {
    /// The entries of records; what is none is reported.
    fileprivate func items(of outcomes: [ImportRecordReader.Outcome], _ report: inout ImportReport) -> [Item] {
        outcomes.compactMap { outcome in
            do { return try entry(try outcome.get()) } catch {
                report.reject("\(error)")
                return nil
            }
        }
    }
}

extension RatingsImport {
    /// Takes records; what is none is reported.
    ///
    /// - Throws: When the header does not name the columns: then every record would be reported.
    fileprivate mutating func take(_ rows: [CSVRow], _ report: inout ImportReport) throws {
        for row in rows {
            do throws(ImportReject) { try take(row) } catch {
                guard hasHeader else { throw Failure("\(report.file): \(error)") }
                report.reject(error)
            }
        }
    }
}

extension MongoLedger {
    /// Stores items, so many in one transaction.
    fileprivate func store(_ items: [Item], inBatchesOf size: Int, cause: ChangeCause) async throws -> CommitSummary {
        var summary = CommitSummary()
        for start in stride(from: 0, to: items.count, by: size) {
            summary.add(try await store(Array(items[start..<min(start + size, items.count)]), cause: cause))
        }
        return summary
    }
}
