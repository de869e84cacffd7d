import ArgumentParser
import CrawlDomain
import CrawlEngine
import Storage
import Terminal
import WebStandards

/// `animematcher import ratings`.
struct ImportRatingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ratings",
        abstract: "Import people's ratings from CSV: user, item, rating, in any order.",
        discussion: """
            A person's rows become their list, in place of the one that is stored. People who are numbered are stored so; \
            people who are named (a column `username`) as crawls of the site store them.

              animematcher import ratings rating.csv
              animematcher import ratings ratings.csv --items items.csv
              animematcher import ratings ratings.dat --items movies-to-anime.csv --scale 5
            """)

    @OptionGroup var options: ImportOptions

    @Option(help: ArgumentHelp("A CSV file that says which entry each item is: item, mal_id.", valueName: "file"))
    var items: String?

    @Option(help: "The best rating there is. Default: 10; 5 for MovieLens.")
    var scale: Int?

    /// Rows and people of one batch.
    private static let (batchRows, batchPeople) = (10_000, 500)

    func validate() throws {
        guard scale.map({ (2...1_000).contains($0) }) ?? true else {
            throw ValidationError("--scale: expected a number from 2 to 1000")
        }
    }

    func run() async throws {
        let map = try items.map(ItemFile.init)
        let ways = [map?.identity ?? "", scale.map { "\($0)" } ?? ""]
        let session = try ImportSession(options, kind: "ratings", ways: ways)
        do {
            var reader = try RatingsReader(session.format, site: options.site, entryOfItem: map?.entries, scale: scale)
            try await session.run { sink, database, configuration in
                let spool = try read(&reader, session)
                let naming =
                    try reader.namesPeople
                    ? ImportNaming.naming(site: options.site, configuration: configuration) : nil
                let lists = ListBuilder(
                    site: options.site, pipeline: session.pipeline,
                    titles: try await database?.titles(of: options.site) ?? [:], naming: naming)
                return ["people": .int(Int64(try await store(spool, lists, session, sink)))]
            }
        } catch let error as ImportError { throw Failure("\(options.file): \(error)") }
    }

    /// Puts the rows of the file in the order of people.
    private func read(_ reader: inout RatingsReader, _ session: ImportSession) throws -> RatingsSpool {
        let spool = RatingsSpool()
        let stage = ContinuousClock.now
        while let piece = try session.source.next() {
            try reader.read(piece, into: spool, session.report.reject)
            try session.report.check(accepted: spool.rows)
            session.progress.show(
                "rows read", count: spool.rows, share: session.share, since: stage, more: session.bytes)
        }
        try reader.finish(into: spool, session.report.reject)
        guard reader.hasHeader else { throw ImportError("is empty; expected CSV with user,item,rating") }
        session.report.records = spool.rows + session.report.rejected
        return spool
    }

    /// Stores the people's lists; how many people there were.
    private func store(
        _ spool: RatingsSpool, _ lists: ListBuilder, _ session: ImportSession, _ sink: ImportSink
    ) async throws -> Int {
        var (batch, rows, position, done) = ([Item](), 0, 0, 0)
        let stage = ContinuousClock.now
        for part in 0..<RatingsSpool.parts {
            for person in try spool.people(of: part) {
                position += 1
                done += person.rowCount
                if sink.isStored(upTo: position) { continue }
                switch lists.list(of: person) {
                case .item(let item): batch.append(item)
                case .drop(let drop):
                    try session.report.reject(
                        ImportReject(
                            line: position, unit: .record,
                            reason: "\(drop.key ?? ""): \(drop.reason.rawValue): \(drop.detail)"))
                }
                rows += person.rowCount
                guard rows >= Self.batchRows || batch.count >= Self.batchPeople else { continue }
                try await sink.store(ImportRows(batch), upTo: position)
                (batch, rows) = ([], 0)
                session.progress.show(
                    "people stored", count: position, share: Double(done) / Double(max(1, spool.rows)), since: stage)
            }
        }
        if !batch.isEmpty { try await sink.store(ImportRows(batch), upTo: position) }
        return position
    }
}
