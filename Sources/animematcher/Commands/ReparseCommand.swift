import ArgumentParser
import CrawlDomain
import CrawlEngine
import Foundation
import Indexing
import Storage
import WebStandards
import Terminal

/// `animematcher reparse`: reads stored pages again with today's spider.
struct ReparseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reparse",
        abstract: "Read a site's stored pages again with today's spider; the site is asked nothing.",
        discussion: """
            Where the site's publication is held because fields drifted (`animematcher drift list`), the hold ends when what is \
            read from the pages fetched since is as it was before.

              animematcher reparse demo
            """)

    @Argument(help: "The site.")
    var site: String

    @OptionGroup var database: DatabaseOptions

    /// Pages whose items are stored together.
    private static let batch = 100

    func run() async throws {
        let spider = try ProjectFolder.spiders().load(site: site)
        let naming = try CrawlProfile.naming(
            of: spider, configuration: try database.configuration.load(), userKey: UserNaming.environmentKey)
        let extractor = SpiderExtractor(
            spider: spider, pipeline: ItemPipeline(schemas: try ProjectFolder.itemSchemas()))
        try await database.withDatabase { database, configuration in
            let ledger = database.ledger(
                inactivity: configuration.inactiveAfter.map { Inactivity(age: $0, now: Date()) })
            var counters = CrawlCounters()
            let cause = ChangeCause(.reparse, id: "\(site)-\(Date().formatted(.iso8601))")
            var items: [Item] = []
            func flush() async throws -> [Drop] {
                let summary = try await ledger.store(items, cause: cause)
                items.removeAll()
                counters.add(summary)
                return summary.drops
            }
            var broken = 0
            let alarms = try await database.drift.alarms(site: site, isOpen: true)
            var review = DriftReview(alarms.map(\.alarm))
            /// What a page gives, and whether it gives all that it should.
            func read(_ page: RawPage) -> (items: [Item], isWhole: Bool) {
                guard let url = WebURL(page.url) else { return ([], false) }
                guard let body = try? page.decodedBody() else {
                    broken += 1
                    return ([], false)
                }
                let extraction = extractor.extract(
                    url: url, status: page.status, contentType: page.contentType, body: body)
                counters.pages += 1
                extraction.drops.forEach { counters.count($0) }
                review.note(extraction, page: page.page, url: page.url, fetchedAt: page.fetchedAt)
                // A list in several answers is stored whole by a crawl; its first answer alone must not replace it.
                let items = extraction.continuation == nil ? extraction.items.map(naming.stored) : []
                return (items, !items.isEmpty && extraction.drops.isEmpty)
            }
            let unreadable = try await database.pages.forEachURL(site: site) { newest, understood in
                guard let understood else {
                    items += read(newest).items
                    if items.count >= Self.batch { _ = try await flush() }
                    return
                }
                // The older page tells only of what the newer one does not.
                _ = try await flush()
                let newer = read(newest)
                items = newer.items
                let refused = try await flush().filter { $0.reason != .implausible }.compactMap(\.identity)
                if newer.isWhole, refused.isEmpty { return }
                let stored = Set(newer.items.map(\.identity)).subtracting(refused)
                items = read(understood).items.filter { !stored.contains($0.identity) }
            }
            _ = try await flush()
            let groundless = Set(review.groundless.map(\.name))
            let lifted = alarms.filter { groundless.contains($0.alarm.name) }
            try await database.drift.lift(lifted, at: Date())
            try await CatalogueFollower(database: database).catchUp()
            Console.print(
                "\(counters.pages) pages read again: \(counters.inserted) items new, \(counters.updated) changed, "
                    + "\(counters.unchanged) unchanged, \(counters.drops.values.reduce(0, +)) dropped, \(unreadable + broken) pages unreadable"
            )
            for alarm in lifted { Console.print("lifted: \(alarm.line)") }
            for alarm in alarms where !groundless.contains(alarm.alarm.name) { Console.print("stays: \(alarm.line)") }
            if !alarms.isEmpty {
                let isHeld = try await database.drift.heldSites().contains(site)
                Console.print(isHeld ? "publication of \(site) is still held" : "publication of \(site) goes on")
            }
        }
    }
}
