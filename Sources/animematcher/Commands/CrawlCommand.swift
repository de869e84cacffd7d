import ArgumentParser
import CrawlDomain
import CrawlEngine
import Fetching
import Foundation
import Indexing
import Logging
import Storage
import WebStandards
import Terminal

/// `animematcher crawl`: a crawl by hand.
struct CrawlCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crawl",
        abstract: "Crawl a site: fetch, extract, store, and combine entries into anime.",
        discussion: """
            Known pages are asked again when their revisit age has passed; start pages always. Ctrl-C ends the crawl \
            within seconds and stores what was fetched; --resume goes on with what is left. A running crawl is looked at, \
            paused, slowed down and ended from elsewhere by `animematcher control`. A site that is paused when a crawl \
            begins is not asked, and the crawl ends at once; one that is paused while it is crawled is waited for.

              animematcher crawl demo --start http://127.0.0.1:8765/topanime.php?limit=0
              animematcher crawl demo --limit 100
              animematcher crawl demo --resume --max-time 2h --no-new-items 1000
              animematcher crawl demo --resume --min-yield 2 --yield-pages 500
            """)

    @Argument(help: "The site: the name of a file in Spiders/, without .yaml.")
    var site: String

    @Option(help: "Start here instead of at the spider's start pages; may be given several times.")
    var start: [String] = []

    @Flag(help: "Go on with what an earlier run left; no start page is asked again.")
    var resume = false

    @Flag(help: "Print the run's summary as JSON.")
    var json = false

    /// So that tests of dead workers do not wait half a minute for each.
    @Option(help: .hidden)
    var leaseSeconds = CrawlLimits().leaseSeconds

    @Option(help: "Hosts worked on at once at most; fewer where they are asked without much of a delay.")
    var concurrentHosts = CrawlLimits().concurrentHosts

    @Option(help: ArgumentHelp("The run's id, chosen by who started it.", visibility: .hidden))
    var runID: String?

    @OptionGroup(title: "When it ends although there is more to do") var close: CloseOptions
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var logging: LoggingOptions

    /// Steps of compaction at a crawl's end, of a thousand changes each.
    private static let compaction = 20
    /// Most old pages that one crawl deletes when it ends.
    private static let pagesSwept = 100_000

    func validate() throws {
        if resume, !start.isEmpty { throw ValidationError("give either --start or --resume") }
        _ = try start.map(url)
        guard concurrentHosts > 0 else {
            throw ValidationError("--concurrent-hosts \(concurrentHosts): expected a whole number from 1")
        }
    }

    func run() async throws {
        Allocator.keepPages()
        let spider = try ProjectFolder.spiders().load(site: site)
        let starts = try start.map(url)
        let beginning = try beginning(starts, spider: spider)
        let run = CrawlRun(id: runID ?? Self.newRunID(site: site), site: site, startedAt: Date())
        // Before anything is opened: whether this crawl is allowed is nobody else's business.
        let profile = try CrawlProfile(
            spider: spider, configuration: try database.configuration.load(), starts: starts, run: run.id,
            version: AnimeMatcher.version, userKey: UserNaming.environmentKey)
        try await database.withDatabase { database, configuration in
            let monitor = CrawlMonitor(conditions: try close.conditions())
            var log = logging.logger("crawl")
            (log[metadataKey: "run"], log[metadataKey: "site"]) = ("\(run.id)", "\(site)")
            let patience = Patience(log: log, isOutage: AnimeDatabase.isOutage) { monitor.isStopping }
            let context = try context(profile, database, configuration, monitor, patience, log)
            let finished = try await supervise(context, beginning, run)
            let (combined, counts, isHeld) = try await patience.untilAnswered {
                let combined = try await CatalogueFollower(database: database).catchUp()
                return (
                    combined, try await database.catalogue.counts(),
                    try await database.drift.heldSites().contains(site)
                )
            }
            try await tidy(database, configuration, run, patience, log)
            CrawlSummary(
                run: finished, network: context.fetcher.statistics, combined: combined, entries: counts.entries,
                anime: counts.anime, pause: monitor.instructions.pause, closedHosts: monitor.closedHosts,
                drift: context.drift.raised, isHeld: isHeld
            ).print(json: json)
            // A crawl that reached nobody did not do what was asked for.
            guard finished.counters.pages == 0 else { return }
            let instructions = monitor.instructions
            if instructions.pause != nil || finished.reachedNobody { throw ExitCode.failure }
            if !instructions.pausedHosts.isEmpty,
                try await context.control.backlog(site: site).contains(where: { $0.isPaused && $0.waiting > 0 })
            {
                throw ExitCode.failure
            }
        }
    }

    /// Compacts the change log and drops pages that are not to be kept, as far as one crawl's end is the time for it.
    private func tidy(
        _ database: AnimeDatabase, _ configuration: Configuration, _ run: CrawlRun, _ patience: Patience, _ log: Logger
    ) async throws {
        guard !StopSignals.haveCome else { return }
        do {
            _ = try await database.changes.compactor(configuration.changeRetention).run(batches: Self.compaction)
        } catch {
            // What it leaves is for the next time, and none of the crawl's business.
            log.warning("the change log was not compacted: \(error)")
        }
        _ = try await patience.untilAnswered {
            try await database.pages.sweep(
                site: site, configuration.sites[site]?.pages ?? .init(), now: Date(), since: run.startedAt,
                limit: Self.pagesSwept)
        }
    }

    /// Puts the parts of a crawl together.
    private func context(
        _ profile: CrawlProfile, _ database: AnimeDatabase, _ configuration: Configuration, _ monitor: CrawlMonitor,
        _ patience: Patience, _ log: Logger
    ) throws -> CrawlContext {
        let pipeline = ItemPipeline(schemas: try ProjectFolder.itemSchemas())
        var limits = CrawlLimits(leaseSeconds: max(1, leaseSeconds), concurrentHosts: concurrentHosts)
        limits.slowPage = configuration.slow.page
        return CrawlContext(
            profile: profile, extractor: SpiderExtractor(spider: profile.spider, pipeline: pipeline),
            fetcher: try Fetcher(configuration: profile.fetcherConfiguration),
            frontier: PatientFrontier(database.frontier, patience: patience),
            ledger: PatientLedger(
                database.ledger(
                    budgets: profile.spider.limits.budgets, personalPages: profile.spider.personalPages,
                    inactivity: configuration.inactiveAfter.map { Inactivity(age: $0, now: Date()) }),
                patience: patience),
            turnKeeper: PatientTurnKeeper(database.turns, patience: patience),
            requestBudget: PatientRequestBudget(database.requestBudgets, patience: patience),
            control: PatientControl(database.control, patience: patience),
            revisits: PatientRevisits(database.revisits, patience: patience),
            driftStore: PatientDrift(database.drift, patience: patience),
            limits: limits, monitor: monitor, log: log)
    }

    /// Runs a crawl, says how it goes, and stops it when asked to.
    private func supervise(_ context: CrawlContext, _ start: Crawler.Start, _ run: CrawlRun) async throws -> CrawlRun {
        let monitor = context.monitor
        let crawler = Crawler(context: context)
        let progress = ProgressReport(site: site, context: context)
        let work = Task { try await crawler.run(start, run: run) }
        let signals = StopSignals(.crawl) {
            monitor.stop()
            work.cancel()
        }
        let watching = Task { await progress.run() }
        let outcome = await work.result
        signals.cancel()
        watching.cancel()
        await watching.value
        await context.fetcher.shutdown()
        return try outcome.get()
    }

    private func beginning(_ starts: [WebURL], spider: Spider) throws -> Crawler.Start {
        if resume { return .resume }
        guard !starts.isEmpty else { return .spider }
        return .pages(
            try starts.map { url in
                guard let entry = spider.frontierURL(at: url.href) else {
                    let known = spider.kindNames.joined(separator: ", ")
                    throw Failure(
                        "--start \(Console.visible(url.href)): no page that the spider '\(site)' reads; it knows \(known)"
                    )
                }
                return entry
            })
    }

    private func url(_ text: String) throws -> WebURL {
        guard let url = WebURL(text), url.isHTTP else {
            throw ValidationError("--start \(Console.visible(text)): expected an address like https://example.org/page")
        }
        return url
    }

    static func newRunID(site: String) -> String {
        let time = Date().formatted(.iso8601.dateSeparator(.omitted).timeSeparator(.omitted))
        return "\(site)-\(time)-\(String(UInt16.random(in: .min ... .max), radix: 16))"
    }
}

extension CrawlRun {
    /// Whether it ended because hosts could not be asked, rather than because there was nothing to ask.
    fileprivate var reachedNobody: Bool { reason?.contains("is left alone") ?? false }
}
