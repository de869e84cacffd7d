import ArgumentParser
import CrawlDomain
import CrawlEngine
import WebStandards
import Terminal

/// `animematcher import list`.
struct ImportListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Import a person's list from the XML that MyAnimeList exports.",
        discussion: """
            The name is stored as crawls of the site store it: hashed with ANIMEMATCHER_USER_KEY, unless the \
            configuration says `user_names: plain`. Comments and tags are left out.

              animematcher import list animelist_1700000000.xml.gz
              animematcher import list animelist.xml --user NAME
            """)

    @OptionGroup var options: ImportOptions

    @Option(help: ArgumentHelp("Whose list it is. Default: as the file says.", valueName: "name"))
    var user: String?

    func run() async throws {
        let session = try ImportSession(options, kind: "list", ways: [user ?? ""])
        guard session.format == .listXML else {
            throw Failure("\(options.file): expected the XML of MyAnimeList's export, <myanimelist>…")
        }
        let list: AnimeListXML
        do throws(ImportError) {
            list = try AnimeListXML(try Self.bytes(session))
        } catch { throw Failure("\(options.file): \(error)") }
        guard let name = user ?? list.userName else {
            throw Failure("\(options.file): does not say whose list it is; say with --user")
        }
        try await session.run { sink, database, configuration in
            let naming = try ImportNaming.naming(site: options.site, configuration: configuration)
            let stored = naming.stored(name)
            let titles = try await database?.titles(of: options.site) ?? [:]
            let importer = AnimeListImport(site: options.site, pipeline: session.pipeline, titles: titles)
            var rejects: [ImportReject] = []
            let item: Item
            do throws(ImportError) {
                item = try importer.list(list.records, name: stored, rejects: &rejects)
            } catch { throw Failure("\(options.file): \(error)") }
            for reject in rejects { try session.report.reject(reject) }
            session.report.records = list.records.count
            try await sink.store(ImportRows([item]), upTo: 1)
            if !options.json { Console.note("stored as \(item.key)") }
            return ["user": .string(item.key)]
        }
    }

    private static func bytes(_ session: ImportSession) throws(ImportError) -> [UInt8] {
        do { return try session.source.all(limit: ImportLimits.xmlBytes) } catch { throw ImportError("\(error)") }
    }
}
