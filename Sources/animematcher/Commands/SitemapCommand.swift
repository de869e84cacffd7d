import ArgumentParser
import CrawlEngine
import Fetching
import WebStandards
import Terminal

/// `animematcher sitemap`: what a sitemap lists.
struct SitemapCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sitemap",
        abstract: "Print the addresses of a sitemap, an index of sitemaps, a feed or a list of URLs, one a line.",
        discussion: """
            Reads plain and gzip files, up to the protocol's limits: 50 MiB unpacked, 50,000 addresses.

              animematcher sitemap sitemap.xml.gz
              animematcher sitemap --json - < feed.atom
            """)

    @Option(help: "The URL it was at, for the relative addresses of feeds.")
    var url = "http://sitemap.invalid/"

    @Flag(help: "One JSON object a line, with what is said of each address.")
    var json = false

    @Argument(help: "The sitemap; - for standard input.")
    var file = "-"

    func run() throws {
        guard let url = WebURL(url), url.isHTTP else {
            throw ValidationError(
                "--url \(Console.visible(self.url)): expected an address like https://example.org/s.xml")
        }
        let sitemap: Sitemap
        do {
            sitemap = try SitemapFile.read(try InputFile(file).bytes(), at: url)
        } catch let error as FetchError {
            throw Failure("\(file): \(error.cause)")
        } catch let error as SyntaxError {
            throw Failure("\(file): no sitemap; expected \(error.expected)")
        }
        for entry in sitemap.entries { Console.print(json ? Self.line(entry).serialized() : entry.location.href) }
        let cut = sitemap.isTruncated ? ", cut short" : ""
        let broken = sitemap.isWellFormed || sitemap.isTruncated ? "" : ", not well-formed"
        let count = sitemap.entries.count
        Console.note(
            "\(Self.name(of: sitemap.format)): \(count) \(count == 1 ? "address" : "addresses")\(cut)\(broken)")
    }

    private static func name(of format: Sitemap.Format) -> String {
        switch format {
        case .urlSet: "sitemap"
        case .index: "sitemap index"
        case .text: "list of URLs"
        case .rss: "RSS feed"
        case .atom: "Atom feed"
        }
    }

    private static func line(_ entry: SitemapEntry) -> JSONValue {
        .object([
            "url": .string(entry.location.href),
            "lastmod": entry.lastModified.map { .string(W3CDateTime.format($0)) } ?? .null,
            "changefreq": entry.changeFrequency.map(JSONValue.string) ?? .null,
            "priority": entry.priority.map(JSONValue.double) ?? .null,
        ])
    }
}
