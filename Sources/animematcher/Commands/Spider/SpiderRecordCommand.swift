import ArgumentParser
import CrawlDomain
import CrawlEngine
import Fetching
import Foundation
import Storage
import Terminal
import WebStandards

/// `animematcher spider record`: keeps a page as a fixture, without the people on it.
struct SpiderRecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Keep a page as a fixture, without the people on it.",
        discussion: """
            Names of people, their pictures, tokens, cookies and e-mail addresses are replaced, in the page and in its URL; \
            names that still stand somewhere are told. The page goes to Spiders/fixtures/SITE, and what is read of it now to \
            expected.jsonl there: look at both before they leave your machine. A URL is asked for under the rules of a crawl.

              animematcher spider record page.html --url URL
              animematcher spider record --from-database URL --scramble-texts
              animematcher spider record http://127.0.0.1:8765/anime/1/x
            """)

    @Argument(help: "A URL, a file, or - for standard input.")
    var page: String?

    @Option(help: ArgumentHelp("A page that a crawl has stored, by its URL.", valueName: "url"))
    var fromDatabase: String?

    @Option(help: "The spider. Default: the one that has the URL's host.")
    var spider: String?

    @Option(help: "The URL a file was at.")
    var url: String?

    @Option(help: "The HTTP status a file was answered with.")
    var status = 200

    @Option(help: "The Content-Type a file was answered with.")
    var contentType: String?

    @Option(name: .customLong("as"), help: "The fixture's file name. Default: after the page kind.")
    var file: String?

    @Option(help: "A name that is on the page; may be given several times.")
    var name: [String] = []

    @Flag(help: "Replace prose by filler of the same shape, so that no text of others is kept.")
    var scrambleTexts = false

    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard (page == nil) != (fromDatabase == nil) else {
            throw ValidationError("expected one of: a URL or file, --from-database URL")
        }
        if let page, url == nil, !page.hasPrefix("http://"), !page.hasPrefix("https://") {
            throw ValidationError("--url: expected the URL that \(Console.visible(page)) was at")
        }
    }

    func run() async throws {
        let answer = try await answer()
        guard
            let spider = try spider.map({ try ProjectFolder.spiders().load(site: $0) })
                ?? SpiderLookup.spider(for: answer.url)
        else {
            throw Failure("\(Console.visible(answer.url.host ?? "")): no spider has this host; name one with --spider")
        }
        let extractor = SpiderExtractor(
            spider: spider, pipeline: ItemPipeline(schemas: try ProjectFolder.itemSchemas()))
        // Forgotten when the command ends, so that nobody can turn the filler back into words.
        let scrambleKey = scrambleTexts ? (0..<32).map { _ in UInt8.random(in: .min ... .max) } : nil
        let anonymiser = PageAnonymiser(
            extractor, key: UserNaming.environmentKey, scrambleKey: scrambleKey, names: name)
        var fixtures = try FixtureFolder(site: spider.site, spiders: try ProjectFolder.spiders().directory)
        let recording = try FixtureRecorder(extractor, anonymiser: anonymiser).record(
            url: answer.url, status: answer.status, contentType: answer.contentType, body: answer.body,
            context: AnswerContext(robotsTags: answer.robotsTags), as: file, in: &fixtures)
        report(recording, in: fixtures)
    }

    private func report(_ recording: FixtureRecorder.Recording, in fixtures: FixtureFolder) {
        let found = recording.found
        Console.print("\(fixtures.path)/\(recording.expectation.file)")
        Console.print(
            "  \(found.page ?? "no page kind") at \(recording.expectation.url.href): \(found.items.count) items, "
                + "\(found.links.count) links, drops: \(found.drops.isEmpty ? "none" : recording.expectation.drops.joined(separator: ", "))"
        )
        Console.print("  \(recording.page.people) people replaced")
        for (name, count) in recording.page.leftovers {
            Console.note(
                "  '\(Console.visible(name))' still stands \(count) times, as a word or part of one; look at them")
        }
    }

    /// What was answered, wherever it comes from.
    private struct Answer {
        let url: WebURL
        let status: Int
        let contentType: String?
        let body: [UInt8]
        var robotsTags: [String] = []
    }

    private func answer() async throws -> Answer {
        if let fromDatabase { return try await stored(try address(fromDatabase, "--from-database")) }
        let page = page ?? "-"
        if page.hasPrefix("http://") || page.hasPrefix("https://") {
            return try await fetched(try address(page, "the page"))
        }
        guard let url else { throw Failure("--url: expected the URL that \(Console.visible(page)) was at") }
        return Answer(
            url: try address(url, "--url"), status: status, contentType: contentType,
            body: try InputFile(page).bytes(limit: 16 << 20))
    }

    private func fetched(_ url: WebURL) async throws -> Answer {
        var loader = ShellLoader(
            hints: .init(spider: spider), configuration: try database.configuration.load(), maximumLines: 1)
        do {
            let page = try await loader.fetch(url).page
            await loader.close()
            try page.refuseRedirect()
            return Answer(
                url: page.url ?? url, status: page.status, contentType: page.headers.first("content-type"),
                body: page.body, robotsTags: page.headers.all("x-robots-tag"))
        } catch {
            await loader.close()
            throw error
        }
    }

    private func stored(_ url: WebURL) async throws -> Answer {
        guard
            let spider = try spider.map({ try ProjectFolder.spiders().load(site: $0) }) ?? SpiderLookup.spider(for: url)
        else {
            throw Failure("\(Console.visible(url.host ?? "")): no spider has this host; name one with --spider")
        }
        let fingerprint = spider.canonicalURL(url.withoutFragment).fingerprint.hex
        return try await database.withDatabase { database, _ in
            guard let page = try await database.pages.page(fingerprint: fingerprint), let url = WebURL(page.url) else {
                throw Failure(
                    "\(Console.visible(url.href)): no such page is stored; 'frontier list' shows what was visited")
            }
            return Answer(
                url: url, status: page.status, contentType: page.contentType, body: try page.decodedBody())
        }
    }

    private func address(_ text: String, _ what: String) throws -> WebURL {
        guard let url = WebURL(text), url.isHTTP else {
            throw Failure("\(what) \(Console.visible(text)): expected an address like https://example.org/page")
        }
        return url.withoutFragment.withoutCredentials
    }
}
