import CrawlDomain
import Fetching
import Foundation
import Logging
import WebStandards

/// What the log says of a page.
extension PageVisit {
    /// What a line about this page is found by: the URL's id in the frontier, and its kind of page.
    var ids: Logger.Metadata {
        ["url_id": "\(url.entry.fingerprint)", "page": "\(url.entry.page)"]
    }

    /// An address for a line of the log; of a page that is about one person only its kind, which ``ids`` make findable.
    func shown(_ address: WebURL) -> String {
        let page = url.entry.page
        return context.profile.spider.personalPages.contains(page) ? "a page of kind '\(page)'" : address.href
    }

    /// Tells of a page that took long, part by part; its commit is told of apart, since it is one for many pages.
    func noteTime(of exchange: Exchange, extraction: Duration) {
        let fetch = Duration.seconds(max(0, exchange.receivedAt.timeIntervalSince(exchange.requestedAt)))
        context.slow.note("a page took long", fetch + extraction) {
            ids.merging([
                "url": "\(context.profile.shownURL(url.entry.url, page: url.entry.page))",
                "status": .stringConvertible(exchange.response.status),
                "bytes": .stringConvertible(exchange.response.body.count), "fetch_seconds": .seconds(fetch),
                "extract_seconds": .seconds(extraction),
            ]) { $1 }
        }
    }
}
