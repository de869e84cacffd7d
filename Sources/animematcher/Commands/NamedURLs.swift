import ArgumentParser
import CrawlDomain
import CrawlEngine
import Storage
import Terminal
import WebStandards

/// URLs and page kinds as a person names them on the command line.
struct NamedURLs {
    private let spider: Spider

    init(site: String) throws { spider = try ProjectFolder.spiders().load(site: site) }

    /// URLs as the frontier knows them.
    func entries(_ texts: [String]) throws -> [FrontierURL] {
        try texts.map { text in
            guard let url = WebURL(text), let page = spider.page(for: url),
                let entry = spider.frontierURL(
                    spider.addressed(DiscoveredLink(url: url, page: page, priority: 100)), depth: 0, via: nil)
            else {
                throw Failure(
                    "\(Console.visible(text)): not a page that the spider '\(spider.site)' reads; "
                        + "`animematcher url --spider \(spider.site) URL` says what it makes of one")
            }
            return entry
        }
    }

    /// A page kind of the spider.
    func page(_ name: String) throws -> String {
        guard spider.page(named: name) != nil || spider.isSitemap(name) else {
            let known = spider.pages.map(\.name).joined(separator: ", ")
            throw Failure(
                "--page \(Console.visible(name)): no page kind of '\(spider.site)'; expected one of \(known)")
        }
        return name
    }
}
