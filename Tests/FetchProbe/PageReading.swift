import CrawlDomain
import CrawlEngine
import Fetching
import Synchronization
import WebStandards

/// Reads answers as a spider does, and counts what came of them.
final class PageReading: Sendable {
    private let extractor: SpiderExtractor
    private let count = Atomic<Int>(0)

    init(spider: String) throws {
        let schemas = try ItemSchemas(directory: "schemas")
        extractor = SpiderExtractor(
            spider: try SpiderLoader(directory: "Spiders", schemas: schemas).load(site: spider),
            pipeline: ItemPipeline(schemas: schemas))
    }

    var items: Int { count.load(ordering: .relaxed) }

    func read(_ response: FetchResponse) {
        let extraction = extractor.extract(
            url: response.url, status: response.status, contentType: response.headers.first("content-type"),
            body: response.body)
        count.add(extraction.items.count, ordering: .relaxed)
    }
}
