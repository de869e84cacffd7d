import CrawlDomain
import Foundation
import MongoDriver
import TestSupport
import Testing
import WebStandards

@testable import Storage

/// Commits of visits that were under way when somebody was forgotten.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct ForgettingInFlightTests {
    private struct Bench {
        let temporary: TemporaryDatabase
        /// Of another program: the turns of one keep its own transactions apart.
        let crawler: AnimeDatabase

        init(_ temporary: TemporaryDatabase) {
            self.temporary = temporary
            crawler = AnimeDatabase(client: temporary.client, name: temporary.name)
        }

        func url(_ path: String, page: String = "list", via: String? = nil) throws -> FrontierURL {
            let url = try Samples.url(path)
            return FrontierURL(
                url: url.url, fingerprint: url.fingerprint, site: "demo", page: page, priority: 0, depth: 0, via: via)
        }

        /// Takes a URL to ask.
        func lease(_ url: FrontierURL) async throws -> (LeasedURL, HostLease) {
            try await crawler.frontier.makeDue([url])
            let lease = try #require(try await crawler.frontier.leaseHost(site: "demo", owner: "w", seconds: 30))
            return (try #require(try await crawler.frontier.lease(1, of: lease).first), lease)
        }

        /// Stores what asking gave, and a page with it.
        func commit(
            _ leased: (url: LeasedURL, lease: HostLease), items: [Item] = [], links: [FrontierURL] = [], body: String
        ) async throws -> CommitSummary {
            let page = RawPage(
                site: "demo", url: leased.url.entry.url.href, page: leased.url.entry.page, status: 200,
                contentType: "text/html", body: Array(body.utf8), fetchedAt: Date())
            let visit = VisitOutcome(
                visited: leased.url, disposition: .done(revisit: nil), status: 200, items: items, discovered: links,
                page: page)
            let summary = try await crawler.ledger(personalPages: ["list"]).commit(
                [visit], under: leased.lease, wait: .zero, cause: Samples.cause, id: UUID().uuidString)
            try await crawler.frontier.release(leased.lease, memory: HostMemory())
            return summary
        }

        @discardableResult
        func forget(_ name: String) async throws -> ForgetReport {
            try await Forgetting(database: temporary.database, site: "demo", name: name, storedAs: []) { $0.body }
                .run(isDryRun: false, personalPages: ["list"])
        }

        /// URLs of the frontier, with where they were found, and of raw pages.
        func traces() async throws -> [String] {
            let database = temporary.client.database(temporary.name)
            let urls = try await database.collection("frontier").find().all()
            let pages = try await database.collection("pages").find().all()
            return (urls + pages).flatMap { [$0["url"], $0["via"]] }.compactMap { $0?.stringValue }
        }
    }

    private static func with(_ body: (Bench) async throws -> Void) async throws {
        try await TemporaryDatabase.with { try await body(Bench($0)) }
    }

    private func review(_ number: Int, by author: String) -> Item {
        Item(
            type: .review, key: "demo:\(number)",
            fields: [
                "_id": .string("demo:\(number)"), "entry_id": "demo:1", "author": .string(author), "tags": [],
                "preliminary": false, "spoiler": false, "text": "Long enough.",
            ])
    }

    @Test("a person's page that was being asked leaves no page, no URL and no link of it")
    func ownPage() async throws {
        try await Self.with { bench in
            let leased = try await bench.lease(try bench.url("/animelist/Ada"))
            try await bench.forget("ada")
            let via = leased.0.entry.url.href
            let summary = try await bench.commit(
                leased, items: [Samples.user("Ada", scores: [1: 8])],
                links: [
                    try bench.url("/animelist/Ada?p=2", via: via), try bench.url("/anime/1", page: "anime", via: via),
                ],
                body: "a list")
            #expect(summary.drops.map(\.reason) == [.forgotten])
            #expect(summary.refused[LinkRefusal.forgotten.rawValue] == 2)
            #expect(try await bench.traces() == [])
        }
    }

    @Test("the URL is asked in vain if an operator names it, and does not stay")
    func namedByOperator() async throws {
        try await Self.with { bench in
            try await bench.forget("Ada")
            let leased = try await bench.lease(try bench.url("/animelist/Ada"))
            // Not even an item that says so: the page gave nothing.
            _ = try await bench.commit(leased, body: "private")
            #expect(try await bench.traces() == [])
        }
    }

    @Test("a page with a forgotten person's review or link is read and not kept, and an older one of it neither")
    func othersPage() async throws {
        try await Self.with { bench in
            let url = try bench.url("/anime/1/reviews", page: "reviews")
            _ = try await bench.commit(try await bench.lease(url), items: [review(2, by: "Bo")], body: "Bo's")
            #expect(try await bench.traces() == [url.url.href, url.url.href])
            try await bench.forget("Ada")
            let summary = try await bench.commit(
                try await bench.lease(url), items: [review(1, by: "ADA"), review(2, by: "Bo"), review(3, by: "Cy")],
                body: "Ada's, Bo's, Cy's")
            #expect(summary.drops.map(\.key) == ["demo:1"])
            #expect(summary.inserted == 1)
            // The URL alone.
            #expect(try await bench.traces() == [url.url.href])
            let users = try bench.url("/users", page: "users")
            let more = try await bench.commit(
                try await bench.lease(users), links: [try bench.url("/animelist/Ada"), try bench.url("/animelist/Bo")],
                body: "who is here")
            #expect(more.linksAdded == 1)
            let left = try await bench.traces()
            #expect(Set(left) == [url.url.href, users.url.href, try bench.url("/animelist/Bo").url.href])
            #expect(left.count == 3)
        }
    }

    @Test("whatever is stored at the same instant, neither pages nor URLs of the person stay")
    func race() async throws {
        try await Self.with { bench in
            for round in 0..<15 {
                let name = "racer\(round)"
                let leased = try await bench.lease(try bench.url("/animelist/\(name)"))
                let via = leased.0.entry.url.href
                let links = [try bench.url("/animelist/\(name)?p=2", via: via)]
                // Nothing changes by it, so that only the host's document is in the way of both.
                async let stored = bench.commit(leased, links: links, body: "a list")
                async let forgotten = bench.forget(name)
                _ = try await (stored, forgotten)
                #expect(try await bench.traces().filter { $0.hasSuffix(name) || $0.contains("\(name)?") } == [])
            }
        }
    }

    @Test("a sample that a run has taken before and stores after is taken out")
    func samples() async throws {
        try await Self.with { bench in
            try await bench.forget("Ada")
            var field = OpenField()
            field.lacking = ["http://127.0.0.1:8001/animelist/Ada", "http://127.0.0.1:8001/animelist/Bo"]
            let block = OpenBlock(
                key: StatisticsKey(page: "list", type: .user), items: 3, revisited: 0, began: nil,
                fields: ["statistics": field])
            try await bench.crawler.drift.keep([block], site: "demo", spider: "1")
            let kept = try await bench.crawler.drift.openBlocks(site: "demo", spider: "1")
            #expect(kept.first?.fields["statistics"]?.lacking == ["http://127.0.0.1:8001/animelist/Bo"])
        }
    }
}
