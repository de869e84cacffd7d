import CrawlDomain
import Fetching
import Foundation
import Logging
import Synchronization
import Testing
import WebStandards

@testable import CrawlEngine

@Suite struct DriftReporterTests {
    private final class Calls: DriftStore {
        struct Refused: Error {}

        private let names = Mutex<[String]>([])
        private let refusesBlocks: Bool

        init(refusesBlocks: Bool = false) { self.refusesBlocks = refusesBlocks }

        var all: [String] { names.withLock { $0 } }

        func note(_ name: String) { names.withLock { $0.append(name) } }

        func history(site: String, since day: String, pages: Set<String>?) -> [PageStatistics] { [] }
        func add(_ statistics: [PageStatistics]) { note("add") }
        func openBlocks(site: String, spider: String) -> [OpenBlock] { [] }
        func keep(_ blocks: [OpenBlock], site: String, spider: String) throws {
            note("keep")
            if refusesBlocks { throw Refused() }
        }
        func raise(_ alarms: [DriftAlarm], site: String, run: String, spider: String) -> Set<String> { [] }
    }

    /// Notes what is logged.
    private struct Log: LogHandler {
        let calls: Calls
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .warning

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { calls.note("\(event.level)") }
    }

    private func reporter(_ store: Calls) throws -> DriftReporter {
        let extractor = try SpiderFixtures.extractor(
            yaml: """
                site: test
                hosts: [127.0.0.1]
                start: ["http://127.0.0.1:81/anime/1"]
                pages:
                  anime:
                    url: "/anime/{id:int}"
                    item:
                      type: entry
                      id: "{site}:{id}"
                      fields: {id: {from: id}, title: h1, adult: {const: false}}
                """)
        let profile = try CrawlProfile(
            spider: extractor.spider, configuration: Configuration(name: "c.yaml", bytes: []), starts: [], run: "r",
            version: "1", userKey: nil)
        let url = try #require(WebURL("http://127.0.0.1:81/anime/1"))
        let entry = FrontierURL(
            url: url, fingerprint: CanonicalURL(url).fingerprint, site: "test", page: "anime", priority: 0, depth: 0,
            via: nil)
        let context = CrawlContext(
            profile: profile, extractor: extractor, fetcher: try Fetcher(configuration: profile.fetcherConfiguration),
            frontier: OneHostFrontier(LeasedURL(entry: entry, attempts: 0, contentHash: nil)), ledger: NoLedger(),
            driftStore: store, monitor: CrawlMonitor(maximumPages: nil),
            log: Logger(label: "test") { _ in Log(calls: store) })
        let item = Item(type: .entry, key: "test:1", fields: ["_id": "test:1", "title": "A"])
        context.drift.note(
            Extraction(page: "anime", items: [item]), page: "anime", url: url.href, isRevisit: true, at: Date())
        return DriftReporter(context: context)
    }

    @Test("what the next run goes on with is stored before what it would learn again; where that fails it is told")
    func order() async throws {
        let store = Calls()
        try await reporter(store).storeStatistics(isLast: true)
        #expect(store.all == ["keep", "add"])
        let refusing = Calls(refusesBlocks: true)
        try await reporter(refusing).storeStatistics(isLast: true)
        #expect(refusing.all == ["keep", "warning", "add"])
    }
}
