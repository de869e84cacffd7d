import CrawlDomain
import CrawlEngine
import Foundation
import WebStandards

/// A page → all items, validated, and links, by the spider of the site.
enum ExtractionSubjects {
    static func all(_ workload: Workload) throws -> [Subject] {
        let schemas = try ItemSchemas(directory: Workload.project.appendingPathComponent("schemas").path)
        func extractor(_ folder: String, _ site: String) throws -> SpiderExtractor {
            let directory = Workload.project.appendingPathComponent(folder).path
            let spider = try SpiderLoader(directory: directory, schemas: schemas).load(site: site)
            return SpiderExtractor(spider: spider, pipeline: ItemPipeline(schemas: schemas))
        }
        let whole = try extractor("Spiders", "myanimelist")
        let recent = try workload.pages("pages.txt")
        let numbered = (1...recent.count).compactMap { WebURL("http://127.0.0.1/anime/\($0)") }
        let named = try ["pages", "all-pages"].map { list in
            let urls = try workload.lines(list + "-urls.txt").compactMap { WebURL($0) }
            return Array(zip(urls, list == "pages" ? recent : try workload.pages(list + ".txt")))
        }
        return [
            subject("extract", whole, named[0]), subject("extract, all pages", whole, named[1]),
            subject(
                "extract, the pipeline's fields", try extractor("Benchmarks/Pipeline", "pipeline"),
                Array(zip(numbered, recent))),
        ]
    }

    private static func subject(
        _ name: String, _ extractor: SpiderExtractor, _ pages: [(WebURL, [UInt8])]
    ) -> Subject {
        Subject(name, unit: "pages") {
            var round = Subject.Round(operations: pages.count)
            for (url, page) in pages {
                let extraction = extractor.extract(url: url, status: 200, contentType: "text/html", body: page)
                round.result += extraction.items.count
            }
            return round
        }
    }
}
