import CrawlDomain
import Foundation
import Storage
import TestSupport
import Testing
import WebStandards

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct RecrawlTests {
    /// Visits every URL of the host, with these dispositions by path.
    private func visit(
        _ paths: [String], _ database: AnimeDatabase, _ disposition: (String) -> VisitOutcome.Disposition
    ) async throws {
        let frontier = database.frontier
        _ = try await frontier.add(try paths.map { try Samples.url($0) })
        let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
        let revalidation = Revalidation(
            validators: Validators(entityTag: EntityTag("\"1\"")), spiderVersion: "1")
        let visits = try await frontier.lease(100, of: lease).map { url in
            VisitOutcome(
                visited: url, disposition: disposition(url.entry.url.path), status: 200, revalidation: revalidation)
        }
        _ = try await database.ledger.commit(
            visits, under: lease, wait: .zero, cause: Samples.cause, id: UUID().uuidString)
        try await frontier.release(lease, memory: HostMemory())
    }

    private func due(_ database: AnimeDatabase) async throws -> [LeasedURL] {
        let lease = try #require(try await database.frontier.leaseHost(site: "demo", owner: "b", seconds: 60))
        return try await database.frontier.lease(100, of: lease)
    }

    @Test("URLs that are asked for again come first, conditionally or whole")
    func urls() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            try await visit(["/1", "/2"], temporary.database) { _ in .done(revisit: nil) }
            _ = try await frontier.add([Samples.url("/waiting", priority: 50)])
            try await frontier.recrawl([Samples.url("/1", priority: 100)], whole: false)
            try await frontier.recrawl([Samples.url("/2", priority: 99)], whole: true)
            let due = try await due(temporary.database)
            #expect(due.map(\.entry.url.path) == ["/1", "/2", "/waiting"])
            #expect(due.map { $0.revalidation != nil } == [true, false, false])
        }
    }

    @Test("a URL that another site has is left to it, and said to be")
    func foreign() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            try await visit(["/1"], temporary.database) { _ in .done(revisit: nil) }
            let (taken, own) = (try Samples.url("/1", site: "other"), try Samples.url("/2", site: "other"))
            #expect(try await frontier.makeDue([taken]).map(\.owner) == ["demo"])
            await #expect(throws: ForeignURL(taken, owner: "demo")) {
                try await frontier.recrawl([taken, own], whole: false)
            }
            #expect(try await frontier.counts(site: "demo") == [.done: 1])
            #expect(try await frontier.counts(site: "other") == [.due: 1])
        }
    }

    @Test("all pages of a kind are asked for again")
    func kind() async throws {
        try await TemporaryDatabase.with { temporary in
            try await visit(["/1", "/2"], temporary.database) { _ in .done(revisit: nil) }
            #expect(try await temporary.database.frontier.recrawl(site: "demo", page: "ranking", whole: false) == 0)
            #expect(try await temporary.database.frontier.recrawl(site: "demo", page: "anime", whole: false) == 2)
        }
    }

    @Test("given-up URLs are listed with what came of them, and retried by URL or reason")
    func retry() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            try await visit(["/a", "/b", "/c", "/d"], temporary.database) { path in
                path == "/d" ? .done(revisit: nil) : .dead(reason: path == "/a" ? "http_403" : "timeout, 5 attempts")
            }
            let dead = try await frontier.list(site: "demo", state: .dead, limit: 10)
            let row = try #require(dead.first { $0.reason == "http_403" })
            #expect(row.attempts == 1)
            #expect(row.status == 200)
            #expect(abs(row.visited?.timeIntervalSinceNow ?? .infinity) < 60)
            #expect(try await frontier.retry(site: "demo", reason: "http_40") == 1)
            let one = try Samples.url("/b").fingerprint
            #expect(try await frontier.retry(site: "demo", fingerprints: [one]) == 1)
            #expect(try await frontier.retry(site: "demo", reason: "timeout") == 1)
            #expect(try await frontier.counts(site: "demo") == [.due: 3, .done: 1])
        }
    }
}
