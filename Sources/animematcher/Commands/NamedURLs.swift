import ArgumentParser
import CrawlDomain
import CrawlEngine
import Storage
import Terminal
import WebStandards

/// URLs and page kinds as a person names them on the command line.
struct NamedURLs {
    private let spider: Spider

    var site: String { spider.site }

    private init(_ spider: Spider) { self.spider = spider }

    init(site: String) throws { self.init(try ProjectFolder.spiders().load(site: site)) }

    /// Takes the site from the front of a command's words, or where they begin with a URL, the only one whose spider reads it.
    init(takingSiteFrom words: inout [String]) throws {
        guard let first = words.first else {
            throw ValidationError("expected URLs, with or without the site before them")
        }
        guard first.contains("://") else {
            words.removeFirst()
            try self.init(site: first)
            return
        }
        let spiders = try ProjectFolder.spiders().loadAll().filter { spider in
            WebURL(first).map { spider.page(for: $0) != nil } ?? false
        }
        guard let spider = spiders.first, spiders.count == 1 else {
            let found =
                spiders.isEmpty ? "no spider reads it" : "\(spiders.map(\.site).joined(separator: " and ")) read it"
            throw Failure("\(Console.visible(first)): \(found); write the site before the URLs")
        }
        self.init(spider)
    }

    /// URLs as the frontier knows them.
    func entries(_ texts: [String]) throws -> [FrontierURL] {
        try texts.map { text in
            guard let entry = spider.frontierURL(at: text) else {
                throw Failure(
                    "\(Console.visible(text)): not a page that the spider '\(spider.site)' reads; "
                        + "`animematcher url --spider \(spider.site) URL` says what it makes of one")
            }
            return entry
        }
    }

    /// A page kind of the spider.
    func page(_ name: String) throws -> String {
        let known = spider.kindNames
        guard known.contains(name) else {
            throw Failure(
                "--page \(Console.visible(name)): no page kind of '\(spider.site)'; expected one of \(known.joined(separator: ", "))"
            )
        }
        return name
    }
}
