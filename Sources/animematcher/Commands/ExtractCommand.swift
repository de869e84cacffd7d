import ArgumentParser
import CrawlDomain
import CrawlEngine
import WebStandards
import Terminal

/// `animematcher extract`: what a spider reads from one recorded page.
struct ExtractCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Print what a spider reads from one page: items, links and drops, one JSON object a line.",
        discussion: """
            Needs no network and no database.

              animematcher extract --spider myanimelist --url URL page.html
            """)

    @Option(help: "The spider: the name of a file in Spiders/, without .yaml.")
    var spider: String

    @Option(help: "The URL the page was at.")
    var url: String

    @Option(help: "The HTTP status it was answered with.")
    var status = 200

    @Option(help: "The Content-Type it was answered with.")
    var contentType: String?

    @Argument(help: "The page; - for standard input.")
    var file = "-"

    func run() throws {
        guard let url = WebURL(url), url.isHTTP else {
            throw ValidationError(
                "--url \(Console.visible(self.url)): expected an address like https://example.org/page")
        }
        let extractor = SpiderExtractor(
            spider: try ProjectFolder.spiders().load(site: spider),
            pipeline: ItemPipeline(schemas: try ProjectFolder.itemSchemas()))
        let extraction = extractor.extract(
            url: url, status: status, contentType: contentType, body: try InputFile(file).bytes())
        ExtractionLines(extraction).values.forEach { Console.print($0) }
    }
}

/// An extraction as `extract` prints it.
struct ExtractionLines {
    let values: [JSONValue]

    init(_ extraction: Extraction) {
        let items = extraction.items.map { item in
            JSONValue.object(["kind": "item", "type": .string(item.type.rawValue), "item": .object(item.fields)])
        }
        let links = (extraction.links + [extraction.continuation].compactMap(\.self)).map { link in
            JSONValue.object([
                "kind": "link", "page": .string(link.page), "priority": .int(Int64(link.priority)),
                "url": .string(link.url.href),
            ])
        }
        let drops = extraction.drops.map { drop in
            JSONValue.object([
                "kind": "drop", "reason": .string(drop.reason.rawValue), "detail": .string(drop.detail),
                "type": drop.type.map { .string($0.rawValue) } ?? .null, "key": drop.key.map(JSONValue.string) ?? .null,
            ])
        }
        values = items + links + drops
    }
}
