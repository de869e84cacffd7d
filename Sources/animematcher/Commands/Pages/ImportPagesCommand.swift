import ArgumentParser
import CrawlEngine
import Exports
import Storage
import Terminal
import WebStandards

/// `animematcher import pages`: brings raw pages back from a web archive.
struct ImportPagesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pages",
        abstract: "Import raw pages from a web archive (WARC), ours or another program's.",
        discussion: """
            Pages of URLs that a spider reads are kept where nothing newer is; what a spider reads from them is stored by reparse, which \
            asks the site nothing. Answers that no spider reads are counted.

              animematcher import pages pages.warc.gz
              animematcher reparse demo
            """)

    @Argument(help: "The file, compressed with gzip or not; - for standard input.")
    var file: String

    @Option(help: "Only pages that this site's spider reads.")
    var site: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var database: DatabaseOptions

    /// A record of an archive with more bytes is passed over.
    private static let maximumBlockBytes = 64 << 20

    func run() async throws {
        let spiders = try ProjectFolder.sites(site).map { try ProjectFolder.spiders().load(site: $0) }
        let archive = try ArchiveFile(file, maximumBlockBytes: Self.maximumBlockBytes)
        let summary = try await database.withDatabase { database, _ in
            try await PageImport(into: database.pages) { url in Self.place(of: url, spiders) }.read(archive)
        }
        json ? Console.print(summary.value) : summary.lines.forEach { Console.print($0) }
    }

    private static func place(of url: WebURL, _ spiders: [Spider]) -> PageImport.Place? {
        for spider in spiders {
            guard let page = spider.page(for: url), spider.page(named: page) != nil else { continue }
            return .init(
                site: spider.site, page: page, fingerprint: spider.canonicalURL(url, page: page).fingerprint.hex,
                isPersonal: spider.personalPages.contains(page))
        }
        return nil
    }
}

extension PageImport.Summary {
    fileprivate var value: JSONValue {
        var object: JSONObject = [
            "records": .int(Int64(records)), "stored": .int(Int64(stored)), "older": .int(Int64(older)),
            "no_spider": .int(Int64(unread)), "too_large": .int(Int64(tooLarge)), "lost": .int(Int64(lost)),
            "forgotten": .int(Int64(forgotten)),
        ]
        for reason in ArchivedAnswer.Refusal.allCases { object[reason.rawValue] = .int(Int64(refused[reason] ?? 0)) }
        return .object(object)
    }

    fileprivate var lines: [String] {
        let others: [(Int, String)] = [
            (older, "older than what is kept"), (unread, "read by no spider"), (tooLarge, "too large"),
            (lost, "of which the archive does not have the body"), (forgotten, "of people who are forgotten"),
            (refused[.otherStatus] ?? 0, "not answered with 200"),
            (refused[.broken] ?? 0, "broken"), (refused[.notAnAnswer] ?? 0, "no answers of a site"),
        ]
        return ["\(records) records: \(stored) pages stored"] + others.filter { $0.0 > 0 }.map { "  \($0.0) \($0.1)" }
    }
}
