import CrawlDomain
import Foundation
import Storage
import TestSupport
import Testing
import WebStandards

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct LinkBudgetTests {
    /// Commits visits of pages that link to these paths, one commit after the other.
    private func commit(_ batches: [[String]], _ budgets: LinkBudgets, _ database: AnimeDatabase) async throws
        -> [CommitSummary]
    {
        let (frontier, ledger) = (database.frontier, database.ledger(budgets: budgets))
        var summaries: [CommitSummary] = []
        for links in batches {
            try await frontier.makeDue([Samples.url("/start", priority: 1_000)])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            let page = try #require(try await frontier.lease(1, of: lease).first)
            let visit = VisitOutcome(
                visited: page, disposition: .done(revisit: nil), status: 200,
                discovered: try links.map { try Samples.url($0) })
            summaries.append(
                try await ledger.commit([visit], under: lease, wait: .zero, cause: Samples.cause, id: UUID().uuidString)
            )
            try await frontier.release(lease, memory: HostMemory())
        }
        return summaries
    }

    @Test("a host's budget ends what it may add, by one batch at most, and what is refused is counted")
    func host() async throws {
        try await TemporaryDatabase.with { temporary in
            let summaries = try await commit(
                [["/1", "/2"], ["/3", "/4"], ["/5", "/6", "/1"]], LinkBudgets(urlsPerHost: 3), temporary.database)
            #expect(summaries.map(\.linksAdded) == [2, 2, 0])
            // The link that is known already is refused by nobody.
            #expect(summaries.map(\.refused) == [[:], [:], ["urls_per_host": 2]])
            #expect(try await temporary.database.frontier.counts(site: "demo") == [.due: 4, .done: 1])
        }
    }

    @Test("different queries of one path have a budget; other paths are as free as before")
    func path() async throws {
        try await TemporaryDatabase.with { temporary in
            let summaries = try await commit(
                [["/list?a=1", "/list?a=2"], ["/list?a=3", "/list", "/other?a=1"]], LinkBudgets(urlsPerPath: 2),
                temporary.database)
            #expect(summaries.map(\.linksAdded) == [2, 2])
            #expect(summaries[1].refused == ["urls_per_path": 1])
        }
    }

    @Test("a day's new URLs have a budget, and known ones do not use it up")
    func day() async throws {
        try await TemporaryDatabase.with { temporary in
            let summaries = try await commit(
                [["/1"], ["/1"], ["/1"], ["/2"], ["/3"]], LinkBudgets(newURLsPerDay: 2), temporary.database)
            #expect(summaries.map(\.linksAdded) == [1, 0, 0, 1, 0])
            #expect(summaries[4].refused == ["new_urls_per_day": 1])
        }
    }
}
