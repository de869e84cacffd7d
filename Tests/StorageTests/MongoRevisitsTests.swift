import CrawlDomain
import Foundation
import Storage
import TestSupport
import Testing
import WebStandards

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct MongoRevisitsTests {
    private static let seen = Date(timeIntervalSince1970: 1_700_000_000)

    private static func record(rate: Double, className: String? = nil) -> RevisitRecord {
        RevisitRecord(
            className: className,
            history: ChangeHistory(visits: 3, unchanged: 50, changed: [.init(seconds: 5, weight: 0.5)]), rate: rate,
            seen: seen, digest: "items", interval: 86_400)
    }

    /// Visits paths, each of which is as `record` says from then on.
    private static func visit(_ paths: [String: RevisitFork], in database: AnimeDatabase, items: [Item] = [])
        async throws
    {
        _ = try await database.frontier.add(try paths.keys.map { try Samples.url($0) })
        let lease = try #require(try await database.frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
        let visits = try await database.frontier.lease(100, of: lease).map { url in
            VisitOutcome(
                visited: url, disposition: .done(revisit: Date()), status: 200, items: items,
                revisit: paths[url.entry.url.path])
        }
        _ = try await database.ledger.commit(
            visits, under: lease, wait: .zero, cause: Samples.cause, id: UUID().uuidString)
        try await database.frontier.release(lease, memory: HostMemory())
    }

    private static func fork(_ record: RevisitRecord, due: Date = .distantFuture) -> RevisitFork {
        let decision = RevisitDecision(record: record, due: due)
        return RevisitFork(unchanged: decision, changed: decision)
    }

    @Test("a plan comes back as it was stored, with its URL")
    func roundTrip() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            let record = Self.record(rate: 0.5, className: "airing")
            try await Self.visit(["/anime/1": Self.fork(record, due: Self.seen)], in: database)
            let known = try await database.revisits.known([try Samples.url("/anime/1").fingerprint])
            #expect(known.map(\.record) == [record])
            let lease = try #require(try await database.frontier.leaseHost(site: "demo", owner: "b", seconds: 60))
            #expect(try await database.frontier.lease(1, of: lease).map(\.revisit) == [record])
            let leased = try await database.revisits.known([try Samples.url("/anime/1").fingerprint])
            #expect(leased.isEmpty, "it is leased")
        }
    }

    @Test("the ledger takes the way that the items tell; fields that do not count do not")
    func fork() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            let (quiet, busy) = (Self.record(rate: 0.1), Self.record(rate: 9))
            func rate(after scores: [Int: Int], ignoring: Set<String>) async throws -> Double? {
                let due = Date().addingTimeInterval(-1)
                let fork = RevisitFork(
                    unchanged: RevisitDecision(record: quiet, due: due),
                    changed: RevisitDecision(record: busy, due: due),
                    ignored: [.user: ignoring])
                try await Self.visit(
                    ["/anime/1": fork], in: database, items: [Samples.user("ada", scores: scores)])
                return try await database.revisits.known([try Samples.url("/anime/1").fingerprint]).first?.record?.rate
            }
            let first = try await rate(after: [1: 8], ignoring: [])
            let same = try await rate(after: [1: 8], ignoring: [])
            let ignored = try await rate(after: [1: 9], ignoring: ["list"])
            let counted = try await rate(after: [1: 7], ignoring: ["title"])
            #expect([first, same, ignored, counted] == [9, 0.1, 0.1, 9], "new items are a change")
        }
    }

    @Test("an effect on a page that was visited meanwhile is left out, what a list said is kept")
    func guarded() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            try await Self.visit(["/anime/1": Self.fork(Self.record(rate: 1))], in: database)
            let fingerprint = try Samples.url("/anime/1").fingerprint
            let now = try #require(try await database.revisits.known([fingerprint]).first)
            let stale = KnownURL(
                entry: now.entry, record: now.record, visited: now.visited?.addingTimeInterval(-60), signals: [:])
            let decision = RevisitDecision(record: Self.record(rate: 5), due: Self.seen)
            try await database.revisits.apply([SignalEffect(url: stale, heard: nil, decision: decision)])
            #expect(try await database.revisits.known([fingerprint]) == [now])
            let heard = HeardSignal(source: "ranking", hash: "abc")
            let effect = SignalEffect(url: now, heard: heard, decision: decision)
            for _ in 0..<2 {
                try await database.revisits.apply([effect])
                let known = try #require(try await database.revisits.known([fingerprint]).first)
                #expect(known.record?.rate == 5 && known.signals == ["ranking": "abc"])
            }
        }
    }

    @Test("pages that are never visited again do not count as waiting")
    func never() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            let (frontier, urls) = (database.frontier, try [Samples.url("/anime/1"), Samples.url("/anime/2")])
            _ = try await frontier.add(urls)
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            let visits = try await frontier.lease(1, of: lease).map {
                VisitOutcome(visited: $0, disposition: .done(revisit: nil), status: 200)
            }
            _ = try await database.ledger.commit(visits, under: lease, wait: .zero, cause: Samples.cause, id: "c")
            let census = try await database.revisits.census(site: "demo")
            #expect(census.waiting == 1)
            #expect(census.groups.isEmpty)
        }
    }

    @Test("a census counts pages by kind, class and rate, and those that were never visited")
    func census() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            var forks = ["/anime/1": Self.fork(Self.record(rate: 1)), "/anime/2": Self.fork(Self.record(rate: 1.05))]
            forks["/anime/3"] = Self.fork(Self.record(rate: 1, className: "airing"))
            try await Self.visit(forks, in: database)
            _ = try await database.frontier.add([try Samples.url("/anime/4"), try Samples.url("/anime/5")])
            let census = try await database.revisits.census(site: "demo")
            #expect(census.waiting == 2)
            let groups = census.groups.sorted { ($0.className ?? "") < ($1.className ?? "") }
            #expect(groups.map(\.pages) == [2, 1] && groups.map(\.className) == [nil, "airing"])
            #expect(groups.allSatisfy { abs($0.rate - 1) < 0.1 })
            let shares = RevisitShares(multiplier: 0.5, budget: 100, delay: 4, computedAt: Self.seen)
            #expect(try await database.revisits.shares(site: "demo") == nil)
            try await database.revisits.save(shares, site: "demo")
            #expect(try await database.revisits.shares(site: "demo") == shares)
        }
    }
}
