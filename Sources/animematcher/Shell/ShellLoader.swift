import CrawlDomain
import CrawlEngine
import Fetching
import Foundation
import WebStandards
import Terminal

/// Gets pages for a shell: from files, or from hosts that may be asked.
struct ShellLoader {
    /// What the command line said of the page.
    struct Hints {
        var spider: String?
        var url: WebURL?
        var status = 200
        var contentType: String?
        /// A spider that stands in no file yet.
        var unsaved: Spider?
    }

    let hints: Hints
    let configuration: Configuration
    let maximumLines: Int
    /// One for each spider, since the operator's word is for one site.
    private var fetchers: [String: SinglePageFetcher] = [:]
    private var transfers: [Fetcher] = []

    init(hints: Hints, configuration: Configuration, maximumLines: Int) {
        self.hints = hints
        self.configuration = configuration
        self.maximumLines = maximumLines
    }

    /// A session on a file; "-" is standard input.
    func open(file: String) throws -> ShellSession {
        let headers = hints.contentType.map { ["Content-Type": $0] as HeaderFields }
        let page = try ShellPage(
            name: file, url: hints.url, status: hints.status, headers: headers ?? [:],
            body: try InputFile(file).bytes(limit: 16 << 20))
        let spider =
            try hints.spider.map { try ProjectFolder.spiders().load(site: $0) }
            ?? hints.url.flatMap(SpiderLookup.spider(for:))
        return try session(on: page, spider: spider, robots: nil)
    }

    /// A session on a page that is asked for, as politely as in a crawl.
    mutating func fetch(_ url: WebURL) async throws -> ShellSession {
        let spider = try spider(allowing: url)
        let answer = await ask(url, with: try fetchers[spider.site] ?? newFetcher(spider, url))
        fetchers[spider.site] = answer.fetcher
        return try session(on: answer.page, spider: spider)
    }

    /// What a host answered, and how it was asked, which the next request has to know.
    private struct Answer {
        var fetcher: SinglePageFetcher
        var page: Result<(FetchResponse, HostMemory.Robots), any Error>
    }

    /// Does not throw, since Swift 6.3.1 crashes when it optimises an error of this together with those of its caller.
    private func ask(_ url: WebURL, with fetcher: SinglePageFetcher) async -> Answer {
        var fetcher = fetcher
        do {
            let response = try await fetcher.fetch(url)
            let robots = try await fetcher.robots(of: url)
            return Answer(fetcher: fetcher, page: .success((response, robots)))
        } catch {
            return Answer(fetcher: fetcher, page: .failure(error))
        }
    }

    private func session(
        on answer: Result<(FetchResponse, HostMemory.Robots), any Error>, spider: Spider
    ) throws -> ShellSession {
        let (response, robots) = try answer.get()
        let page = try ShellPage(
            name: response.url.href, url: response.url, status: response.status, headers: response.headers,
            body: response.body)
        return try session(on: page, spider: spider, robots: robots)
    }

    private func spider(allowing url: WebURL) throws -> Spider {
        let named = try hints.spider.map { try ProjectFolder.spiders().load(site: $0) }
        guard let spider = hints.unsaved ?? named ?? SpiderLookup.spider(for: url) else {
            throw Failure(
                """
                \(Console.visible(url.host ?? "")): no spider has this host, so nobody has allowed asking it.
                  Save the page and open the file, or begin a file in Spiders/ with: hosts: [\(Console.visible(url.host ?? ""))]
                """)
        }
        return spider
    }

    /// Ends all transfers.
    func close() async {
        for fetcher in transfers { await fetcher.shutdown() }
    }

    private mutating func newFetcher(_ spider: Spider, _ url: WebURL) throws -> SinglePageFetcher {
        // Nothing is stored here, so any key does for people's names.
        let key = UserNaming.environmentKey ?? Array(UUID().uuidString.utf8)
        let profile = try CrawlProfile(
            spider: spider, configuration: configuration, starts: [spider.addressed(url)], run: "shell",
            version: AnimeMatcher.version,
            userKey: key)
        let fetcher = try Fetcher(configuration: profile.fetcherConfiguration)
        transfers.append(fetcher)
        return SinglePageFetcher(profile: profile, fetcher: fetcher)
    }

    private func session(on page: ShellPage, spider: Spider?, robots: HostMemory.Robots?) throws -> ShellSession {
        let extractor = try spider.map {
            SpiderExtractor(spider: $0, pipeline: ItemPipeline(schemas: try ProjectFolder.itemSchemas()))
        }
        return ShellSession(page: page, extractor: extractor, robots: robots, maximumLines: maximumLines)
    }
}
