import CrawlDomain
import CrawlEngine
import Foundation
import WebStandards

/// A page → all items, validated, and links, by the spider of the site.
enum ExtractionSubjects {
    static func all(_ workload: Workload) throws -> [Subject] {
        let schemas = try ItemSchemas(directory: Workload.project.appendingPathComponent("schemas").path)
        let spider = try SpiderLoader(
            directory: Workload.project.appendingPathComponent("Spiders").path, schemas: schemas
        ).load(site: "myanimelist")
        let extractor = SpiderExtractor(spider: spider, pipeline: ItemPipeline(schemas: schemas))
        return try [("extract", "pages"), ("extract, all pages", "all-pages")].map { name, list in
            let urls = try workload.lines(list + "-urls.txt").compactMap { WebURL($0) }
            let pages = Array(zip(urls, try workload.pages(list + ".txt")))
            return Subject(name, unit: "pages") {
                var round = Subject.Round(operations: pages.count)
                for (url, page) in pages {
                    let extraction = extractor.extract(
                        url: url, status: 200, contentType: "text/html; charset=utf-8", body: page)
                    round.result += extraction.items.count
                }
                return round
            }
        }
    }
}
