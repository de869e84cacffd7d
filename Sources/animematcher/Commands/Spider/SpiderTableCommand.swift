import ArgumentParser
import CrawlDomain
import CrawlEngine
import Foundation
import Terminal
import WebStandards

/// `animematcher spider table`: how often each field has a value on the pages of a folder.
struct SpiderTableCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "table",
        abstract: "Read all pages of a folder and print how often each field has a value.",
        discussion: """
            A file of JSON lines in the folder, index.jsonl or expected.jsonl, says what is there: {"file": "a.html", "url": "https://…",
            "status": 200}. Lines without a URL, or with another site's, are left out. Needs no network and no database.

              animematcher spider table --spider myanimelist pages/
            """)

    @Option(help: "The spider: the name of a file in Spiders/, without .yaml.")
    var spider: String

    @Flag(help: "The table as JSON, one object a page kind.")
    var json = false

    @Argument(help: "The folder of the pages.")
    var folder: String

    func run() throws {
        let extractor = SpiderExtractor(
            spider: try ProjectFolder.spiders().load(site: spider),
            pipeline: ItemPipeline(schemas: try ProjectFolder.itemSchemas()))
        var rates = FillRates()
        var leftOut = 0
        for page in try pages() {
            guard let url = page.url, extractor.spider.page(for: url) != nil else {
                leftOut += 1
                continue
            }
            let body = try InputFile("\(folder)/\(page.file)").bytes()
            rates.add(extractor.extract(url: url, status: page.status, contentType: nil, body: body))
        }
        guard !json else { return rates.values.forEach { Console.print($0) } }
        rates.lines.forEach { Console.print($0) }
        if leftOut > 0 { Console.note("\(leftOut) pages left out: no URL, or none that the spider reads") }
    }

    /// The pages that the folder's index names.
    private func pages() throws -> [(file: String, url: WebURL?, status: Int)] {
        let names = ["index.jsonl", "expected.jsonl"]
        let name = names.first { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
        guard let name else {
            throw Failure(
                "\(Console.visible(folder)): expected a folder with a file index.jsonl or expected.jsonl that names the pages"
            )
        }
        let text = try InputFile("\(folder)/\(name)").bytes()
        return try text.split(separator: UInt8(ascii: "\n")).enumerated().map { number, line in
            guard let row = try? JSONValue(parsing: String(decoding: line, as: UTF8.self)),
                let file = row["file"]?.stringValue, !file.split(separator: "/").contains("..")
            else {
                throw Failure(
                    "\(Console.visible(folder))/\(name):\(number + 1): expected {\"file\": …, \"url\": …}")
            }
            return (file, row["url"]?.stringValue.flatMap { WebURL($0) }, Int(row["status"]?.intValue ?? 200))
        }
    }
}
