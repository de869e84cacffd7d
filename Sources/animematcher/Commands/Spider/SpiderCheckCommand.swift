import ArgumentParser
import CrawlDomain
import CrawlEngine
import Terminal
import WebStandards

/// `animematcher spider check`: reads spiders, and runs each on its fixture pages.
struct SpiderCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Report mistakes in spiders, and what they read otherwise than expected.",
        discussion: """
            Every mistake is reported with file, line and column. Each page of Spiders/fixtures/SITE is then read and \
            compared with expected.jsonl beside it; rules that find nothing on any of the pages are named. A selector that \
            has no compiled form works, but takes far longer: those are named with the reason.

              animematcher spider check
              animematcher spider check myanimelist --json
              animematcher spider check myanimelist --update
            """)

    @Argument(help: "The sites; all when left out.")
    var sites: [String] = []

    @Flag(help: "What was found as JSON, one object a site.")
    var json = false

    @Flag(help: "After showing what differs, expect what is read now.")
    var update = false

    @Flag(help: "Rules that find nothing on any page, and sites without pages, are failures.")
    var strict = false

    func run() throws {
        let loader = try ProjectFolder.spiders()
        let pipeline = ItemPipeline(schemas: try ProjectFolder.itemSchemas())
        var failed = false
        for site in sites.isEmpty ? loader.sites : sites {
            do throws(SpiderError) {
                let spider = try loader.load(site: site, isCheck: true)
                failed = try !check(SpiderExtractor(spider: spider, pipeline: pipeline), site, loader) || failed
            } catch {
                failed = true
                if json { Console.print(SpiderCheckReport.value(of: error, site: site)) }
                error.mistakes.forEach { Console.note("\($0)") }
            }
        }
        if sites.isEmpty, loader.sites.isEmpty { Console.note("no spiders in \(loader.directory)") }
        if failed { throw ExitCode.failure }
    }

    /// Whether all is as expected.
    private func check(_ extractor: SpiderExtractor, _ file: String, _ loader: SpiderLoader) throws(SpiderError)
        -> Bool
    {
        var fixtures: FixtureFolder
        let report: SpiderCheckReport
        do throws(FixtureError) {
            fixtures = try FixtureFolder(site: file, spiders: loader.directory)
            let contract = SpiderContract(extractor, fixtures: fixtures, file: "\(loader.directory)/\(file).yaml")
            report = SpiderCheckReport(
                spider: extractor.spider, contract: contract, unexpectedFiles: fixtures.unexpectedFiles)
            report.print(json: json)
            if update { try rewrite(contract, &fixtures) }
        } catch {
            if json {
                Console.print(.object(["site": .string(extractor.spider.site), "error": .string(error.description)]))
            }
            Console.note("\(error)")
            return false
        }
        return report.isMet(afterUpdate: update) && (!strict || report.isComplete)
    }

    private func rewrite(_ contract: SpiderContract, _ fixtures: inout FixtureFolder) throws(FixtureError) {
        let updates = contract.pages.enumerated().compactMap { index, page in page.update.map { (index, $0) } }
        guard !updates.isEmpty else { return }
        try fixtures.replace(Dictionary(updates, uniquingKeysWith: { $1 }))
        Console.note("\(fixtures.path)/expected.jsonl: \(updates.count) lines now expect what is read")
    }
}
