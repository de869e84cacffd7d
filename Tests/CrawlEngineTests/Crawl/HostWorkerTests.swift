import CrawlDomain
import Fetching
import Foundation
import Logging
import Testing
import WebStandards

@testable import CrawlEngine

@Suite struct HostWorkerTests {
    /// Of which nothing is left today.
    private struct UsedUp: RequestBudget {
        func reserve(_ wanted: Int, of name: String, limit: Int) -> BudgetPortion {
            BudgetPortion(requests: 0, day: Date(timeIntervalSince1970: 0), dayLeft: .seconds(3_600))
        }
        func giveBack(_ requests: Int, of name: String, day: Date) {}
    }

    /// While it is asked the run is cancelled, which the database says in its own way.
    private struct CancellingBudget: RequestBudget {
        struct Refused: Error {}

        func reserve(_ wanted: Int, of name: String, limit: Int) throws -> BudgetPortion {
            withUnsafeCurrentTask { $0?.cancel() }
            throw Refused()
        }
        func giveBack(_ requests: Int, of name: String, day: Date) {}
    }

    private let lease = HostLease(site: "test", host: "127.0.0.1:81", owner: "a", token: 1)

    private func worker(
        _ frontier: OneHostFrontier, budget: (any RequestBudget)? = nil,
        since: ContinuousClock.Instant = .now
    ) throws -> HostWorker {
        let extractor = try SpiderFixtures.extractor(
            yaml: """
                site: test
                hosts: [127.0.0.1]
                start: ["http://127.0.0.1:81/top"]
                pages:
                  top: {url: /top, links: [.title]}
                """)
        let configuration = "sites: {test: {daily_budget: 100}}"
        let profile = try CrawlProfile(
            spider: extractor.spider, configuration: Configuration(name: "c.yaml", bytes: Array(configuration.utf8)),
            starts: [], run: "r", version: "1", userKey: nil)
        let context = CrawlContext(
            profile: profile, extractor: extractor, fetcher: try Fetcher(configuration: profile.fetcherConfiguration),
            frontier: frontier, ledger: NoLedger(), requestBudget: budget, monitor: CrawlMonitor(maximumPages: nil),
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let robots = HostMemory.Robots(status: 404, body: [], fetchedAt: Date())
        return HostWorker(context: context, lease: lease, memory: HostMemory(robots: robots), since: since)
    }

    private func suspect() throws -> LeasedURL {
        let url = try #require(WebURL("http://127.0.0.1:81/top"))
        let entry = FrontierURL(
            url: url, fingerprint: CanonicalURL(url).fingerprint, site: "test", page: "top", priority: 0, depth: 0,
            via: nil)
        return LeasedURL(entry: entry, attempts: 0, contentHash: nil, isSuspect: true)
    }

    @Test("a suspect URL that is not asked after all is not marked: five such times would give it up")
    func unasked() async throws {
        let frontier = OneHostFrontier(try suspect())
        var worker = try worker(frontier, budget: UsedUp())
        try await worker.run()
        #expect(frontier.calls.filter { $0 != "renew" } == ["lease", "give back 1", "release"])
    }

    @Test("a worker that is cancelled gives back what nobody asked for, or it would look as if it had killed somebody")
    func cancelled() async throws {
        let frontier = OneHostFrontier(try suspect())
        let worker = try worker(frontier, budget: CancellingBudget())
        await Task {
            var worker = worker
            await #expect(throws: Never.self) { try await worker.run() }
        }.value
        #expect(frontier.calls.filter { $0 != "renew" } == ["lease", "give back 1", "release"])
    }

    @Test(
        "a lease that may have ended before its answer came is renewed before anything is asked, or left to its new holder"
    )
    func lateAnswer() async throws {
        for isOurs in [true, false] {
            let frontier = OneHostFrontier(isOurs: isOurs)
            var worker = try worker(frontier, since: .now - .seconds(60))
            try await worker.run()
            // On a busy machine the heartbeat renews once more.
            #expect(frontier.calls.first == "renew")
            #expect(frontier.calls.filter { $0 != "renew" } == (isOurs ? ["lease", "release"] : ["release"]))
        }
    }
}
