import CrawlDomain
import WebStandards

@testable import CrawlEngine

/// What became of a recorded page, and how long it took.
struct RecordedReading {
    let page: RecordedPage
    let extraction: Extraction
    let duration: Duration

    init(_ page: RecordedPage, by extractor: SpiderExtractor) {
        let start = ContinuousClock.now
        self.page = page
        extraction = extractor.extract(url: page.url, status: page.status, contentType: nil, body: page.body)
        duration = ContinuousClock.now - start
    }

    /// The fields of its first item, of which expectations speak.
    var fields: JSONObject? { extraction.items.first?.fields }

    /// Site, kind of page, layout and era.
    var group: String {
        let layout = page.layout.hasPrefix("desktop") ? "desktop" : page.layout
        return [page.site, page.kind, layout, page.era].filter { !$0.isEmpty && $0 != "-" }.joined(separator: " ")
    }
}
