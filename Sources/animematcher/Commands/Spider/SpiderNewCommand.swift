import ArgumentParser
import CrawlDomain
import CrawlEngine
import Foundation
import Terminal
import WebStandards

/// `animematcher spider new`: begins a spider.
struct SpiderNewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Begin a spider with what can be guessed from a page.",
        discussion: """
            Writes Spiders/SITE.yaml for the page of one anime, with what its JSON-LD, meta elements and labelled values \
            show, and keeps the page as the first fixture, without the people on it. Without --from the page is asked for \
            under the rules of a crawl, so a public host needs the operator's contact and acknowledged terms.

              animematcher spider new example --url URL --from page.html
              animematcher spider check example
            """)

    @Argument(help: "The site's short name: small letters, digits and '-'.")
    var site: String

    @Option(help: "The URL of a page of one anime.")
    var url: String

    @Option(help: ArgumentHelp("The page; - for standard input.", valueName: "file"))
    var from: String?

    @Option(help: "The Content-Type the page was answered with.")
    var contentType: String?

    @OptionGroup var configuration: ConfigurationOptions

    func run() async throws {
        guard let url = WebURL(url), url.isHTTP else {
            throw Failure(
                "--url \(Console.visible(self.url)): expected an address like https://example.org/anime/5")
        }
        let (schemas, spiders) = (try ProjectFolder.itemSchemas(), try ProjectFolder.spiders().directory)
        let scaffold = try SpiderScaffold(site: site, url: url.withoutFragment.withoutCredentials, schemas: schemas)
        let file = "\(spiders)/\(site).yaml"
        guard !FileManager.default.fileExists(atPath: file) else {
            throw Failure("\(file) is there already; give another name")
        }
        let page = try await page(scaffold)
        let text = scaffold.text(page: page.body, contentType: page.contentType)
        let extractor = SpiderExtractor(spider: try scaffold.spider(of: text), pipeline: ItemPipeline(schemas: schemas))
        let context = AnswerContext(robotsTags: page.robotsTags)
        let found = extractor.extract(
            url: scaffold.url, status: 200, contentType: page.contentType, body: page.body, context: context)
        guard found.mayBeKept else {
            try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .withoutOverwriting)
            Console.print(file)
            Console.note(
                "the page asks not to be kept (noarchive), so it is no fixture; try the spider with: animematcher spider shell"
            )
            return
        }
        var fixtures = try FixtureFolder(site: site, spiders: spiders)
        let recording = try FixtureRecorder(
            extractor, anonymiser: PageAnonymiser(extractor, key: UserNaming.environmentKey)
        )
        .record(
            url: scaffold.url, status: 200, contentType: page.contentType, body: page.body, context: context,
            as: nil,
            in: &fixtures)
        try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .withoutOverwriting)
        Console.print(file)
        Console.print("\(fixtures.path)/\(recording.expectation.file): \(recording.found.items.count) items")
        for drop in recording.found.drops {
            Console.note("  dropped: \(drop.reason.rawValue): \(Console.visible(drop.detail))")
        }
        Console.note("next: read what was guessed, then: animematcher spider check \(site)")
    }

    /// What was answered.
    private struct Answer {
        let body: [UInt8]
        let contentType: String?
        var robotsTags: [String] = []
    }

    private func page(_ scaffold: SpiderScaffold) async throws -> Answer {
        let answer = try await answer(scaffold)
        guard answer.body.contains(where: { $0 > 0x20 }) else {
            throw Failure("\(Console.visible(scaffold.url.href)): the page is empty; nothing can be guessed from it")
        }
        return answer
    }

    private func answer(_ scaffold: SpiderScaffold) async throws -> Answer {
        if let from { return Answer(body: try InputFile(from).bytes(limit: 16 << 20), contentType: contentType) }
        var hints = ShellLoader.Hints()
        hints.unsaved = try scaffold.spider(of: scaffold.text())
        var loader = ShellLoader(hints: hints, configuration: try configuration.load(), maximumLines: 1)
        do {
            let page = try await loader.fetch(scaffold.url).page
            await loader.close()
            try page.refuseRedirect()
            guard page.status == 200 else {
                throw Failure(
                    "\(Console.visible(page.name)): answered \(page.status); expected the page of one anime, with 200")
            }
            return Answer(
                body: page.body, contentType: page.headers.first("content-type"),
                robotsTags: page.headers.all("x-robots-tag"))
        } catch {
            await loader.close()
            throw error
        }
    }
}
