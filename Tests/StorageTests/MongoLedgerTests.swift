import CrawlDomain
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing
import WebStandards

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct MongoLedgerTests {
    @Test("storing the same items again changes nothing and logs nothing")
    func unchanged() async throws {
        try await TemporaryDatabase.with { temporary in
            let items = [Samples.user("ada", scores: [1: 8]), Samples.user("bo", scores: [1: 5, 2: 0])]
            let first = try await temporary.database.ledger.store(items, cause: Samples.cause)
            #expect((first.inserted, first.updated, first.unchanged) == (2, 0, 0))
            let again = try await temporary.database.ledger.store(items, cause: Samples.cause)
            #expect((again.inserted, again.updated, again.unchanged) == (0, 0, 2))
            #expect(try await temporary.database.changes.newest() == 2)
        }
    }

    @Test("a change names the fields that differ, with old and new hash")
    func changedFields() async throws {
        try await TemporaryDatabase.with { temporary in
            let ledger = temporary.database.ledger
            _ = try await ledger.store([Samples.user("ada", scores: [1: 8])], cause: Samples.cause)
            _ = try await ledger.store([Samples.user("ada", scores: [1: 9])], cause: Samples.cause)
            let changes = try await temporary.database.changes.changes(after: 0, limit: 10)
            #expect(changes.map(\.number) == [1, 2])
            #expect(changes.map(\.operation) == [.insert, .update])
            let field = try #require(changes.last?.fields.first)
            #expect(changes.last?.fields.map(\.name) == ["list"])
            #expect(field.old != nil && field.new != nil && field.old != field.new)
            #expect(changes.last?.cause == Samples.cause)
        }
    }

    @Test("a review that is of another entry now is told of both entries, and stored once")
    func movedReview() async throws {
        try await TemporaryDatabase.with { temporary in
            func review(of entry: String) -> Item {
                Item(
                    type: .review, key: "demo:1",
                    fields: [
                        "_id": "demo:1", "entry_id": .string(entry), "author": "Ada", "tags": [], "preliminary": false,
                        "spoiler": false, "text": "Long enough.",
                    ])
            }
            let (database, ledger) = (temporary.database, temporary.database.ledger)
            _ = try await ledger.store(
                [review(of: "demo:1"), Samples.user("ada", scores: [1: 8])], cause: Samples.cause)
            let summary = try await ledger.store(
                [review(of: "demo:2"), Samples.user("ada", scores: [1: 9])], cause: Samples.cause)
            #expect((summary.inserted, summary.updated) == (0, 2))
            let changes = try await database.changes.changedDocuments(after: 2, limit: 10)
            #expect(changes.map(\.number) == [3, 4, 5])
            #expect(changes.filter { $0.subject == .review }.map(\.entry) == ["demo:1", "demo:2"])
            let stored = try await temporary.client.database(temporary.name).collection("reviews").find().all()
            #expect(stored.map { $0["change"]?.intValue } == [changes.last { $0.subject == .review }?.number])
        }
    }

    @Test("writers at the same time leave the numbers without holes and without doubles")
    func concurrentNumbers() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<6 {
                    group.addTask {
                        for round in 0..<5 {
                            let items = (0..<3).map { Samples.user("user\(writer)-\($0)", scores: [1: round + 1]) }
                            _ = try await database.ledger.store(items, cause: Samples.cause)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let changes = try await database.changes.changes(after: 0, limit: 1_000)
            #expect(changes.map(\.number) == Array(1...90))
        }
    }

    @Test("an item the server refuses is named and the others are stored")
    func refusedItem() async throws {
        try await TemporaryDatabase.with { temporary in
            var bad = Samples.user("bad", scores: [1: 8])
            bad.fields["list"] = "not a list"
            let summary = try await temporary.database.ledger.store(
                [Samples.user("ada", scores: [1: 8]), bad, Samples.user("bo", scores: [2: 7])], cause: Samples.cause)
            #expect(summary.inserted == 2)
            #expect(summary.drops.map(\.reason) == [.schemaViolation])
            #expect(summary.drops.map(\.key) == ["demo:bad"])
            #expect(try await temporary.database.changes.changes(after: 0, limit: 10).map(\.number) == [1, 2])
        }
    }

    @Test("an entry and a review of one number are two items")
    func keysOfTypes() async throws {
        try await TemporaryDatabase.with { temporary in
            let user = Samples.user("20", scores: [1: 8])
            let review = Item(
                type: .review, key: "demo:20",
                fields: [
                    "_id": "demo:20", "entry_id": "demo:1", "author": "ada", "text": "A review.",
                    "preliminary": false, "spoiler": false, "tags": [],
                ])
            let summary = try await temporary.database.ledger.store([user, review], cause: Samples.cause)
            #expect(summary.inserted == 2, "\(summary.drops)")
        }
    }

    @Test("a URL that moved is asked at its new address, and its host is told when it may be asked")
    func moved() async throws {
        try await TemporaryDatabase.with { temporary in
            let (frontier, ledger) = (temporary.database.frontier, temporary.database.ledger)
            _ = try await frontier.add([Samples.url("/anime/1")])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            let url = try #require(try await frontier.lease(1, of: lease).first)
            let target = try #require(WebURL("http://127.0.0.1:8001/anime/1/Title"))
            let visit = VisitOutcome(visited: url, disposition: .moved(to: target), status: 301)
            _ = try await ledger.commit([visit], under: lease, wait: .seconds(600), cause: Samples.cause, id: "commit")
            let again = try #require(try await frontier.lease(1, of: lease).first)
            #expect(again.entry.url == target)
            #expect(again.attempts == 1)
            #expect(try await frontier.memory(of: lease).wait > .seconds(540))
        }
    }

    @Test("a URL that moved to a host nobody knew is asked there")
    func movedToNewHost() async throws {
        try await TemporaryDatabase.with { temporary in
            let (frontier, ledger) = (temporary.database.frontier, temporary.database.ledger)
            _ = try await frontier.add([Samples.url("/anime/1")])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            let url = try #require(try await frontier.lease(1, of: lease).first)
            let target = try #require(WebURL("http://127.0.0.1:8002/anime/1"))
            let visit = VisitOutcome(visited: url, disposition: .moved(to: target), status: 301)
            _ = try await ledger.commit([visit], under: lease, wait: .zero, cause: Samples.cause, id: "commit")
            #expect(try await frontier.nextDue(site: "demo") != nil)
            let next = try #require(try await frontier.leaseHost(site: "demo", owner: "b", seconds: 60))
            #expect(next.host == "127.0.0.1:8002")
            #expect(try await frontier.lease(1, of: next).map(\.entry.url) == [target])
        }
    }

    @Test("a worker that lost its lease writes nothing")
    func fencing() async throws {
        try await TemporaryDatabase.with { temporary in
            let (frontier, ledger) = (temporary.database.frontier, temporary.database.ledger)
            _ = try await frontier.add([Samples.url("/anime/1")])
            let old = try #require(try await frontier.leaseHost(site: "demo", owner: "old", seconds: 0))
            let urls = try await frontier.lease(1, of: old)
            let new = try #require(try await frontier.leaseHost(site: "demo", owner: "new", seconds: 60))
            let visit = VisitOutcome(
                visited: try #require(urls.first), disposition: .done(revisit: nil), status: 200,
                items: [Samples.user("ada", scores: [1: 8])])
            await #expect(throws: LeaseLostError.self) {
                _ = try await ledger.commit([visit], under: old, wait: .zero, cause: Samples.cause, id: "commit")
            }
            #expect(try await temporary.database.users.count() == 0)
            #expect(try await frontier.lease(10, of: new).count == 1)
        }
    }

    @Test("a visit's items, links, page and state are stored together, and a second time change nothing")
    func commit() async throws {
        try await TemporaryDatabase.with { temporary in
            let (frontier, ledger) = (temporary.database.frontier, temporary.database.ledger)
            _ = try await frontier.add([Samples.url("/anime/1")])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            let url = try #require(try await frontier.lease(1, of: lease).first)
            let body = Array("<html>".utf8) + Array(repeating: UInt8(ascii: "x"), count: 100_000)
            let visit = VisitOutcome(
                visited: url, disposition: .done(revisit: nil), status: 200,
                items: [Samples.user("ada", scores: [1: 8])],
                discovered: [try Samples.url("/anime/2")],
                page: RawPage(
                    site: "demo", url: url.entry.url.href, page: "anime", status: 200, contentType: "text/html",
                    body: body,
                    fetchedAt: Date(timeIntervalSince1970: 1_000)))
            let summary = try await ledger.commit(
                [visit], under: lease, wait: .zero, cause: Samples.cause, id: "commit")
            #expect((summary.inserted, summary.linksAdded) == (1, 1))
            #expect(try await frontier.counts(site: "demo") == [.done: 1, .due: 1])
            var pages: [RawPage] = []
            #expect(try await temporary.database.pages.forEach(site: "demo") { pages.append($0) } == 0)
            #expect(pages.map(\.body) == [body])
            // The answer was lost and it is tried again; then somebody commits the same visits anew.
            let retried = try await ledger.commit(
                [visit], under: lease, wait: .zero, cause: Samples.cause, id: "commit")
            #expect((retried.inserted, retried.updated, retried.linksAdded) == (1, 0, 0))
            let again = try await ledger.commit([visit], under: lease, wait: .zero, cause: Samples.cause, id: "other")
            #expect((again.inserted, again.updated, again.linksAdded) == (0, 0, 0))
            #expect(try await temporary.database.changes.newest() == 1)
        }
    }

    @Test("a page that came compressed is kept as it came")
    func compressed() async throws {
        try await TemporaryDatabase.with { temporary in
            let (frontier, ledger) = (temporary.database.frontier, temporary.database.ledger)
            _ = try await frontier.add([Samples.url("/anime/1")])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            let url = try #require(try await frontier.lease(1, of: lease).first)
            let (body, gzip) = (Array("<html></html>".utf8), [0x1f, 0x8b, 8, 0] as [UInt8])
            let page = RawPage(
                site: "demo", url: url.entry.url.href, page: "anime", status: 200, contentType: nil, body: body,
                gzip: gzip, fetchedAt: Date(timeIntervalSince1970: 1_000))
            let visit = VisitOutcome(visited: url, disposition: .done(revisit: nil), status: 200, page: page)
            _ = try await ledger.commit([visit], under: lease, wait: .zero, cause: Samples.cause, id: "commit")
            var pages: [RawPage] = []
            #expect(try await temporary.database.pages.forEach(site: "demo") { pages.append($0) } == 0)
            #expect(pages == [page])
            #expect(pages.first?.coding == .gzip)
            #expect(pages.first?.body == gzip)
            #expect(pages.first?.length == body.count)
        }
    }

    @Test("a page that does not fit into a document is told of and not kept; what it gave is stored")
    func largePage() async throws {
        try await TemporaryDatabase.with { temporary in
            let (frontier, ledger) = (temporary.database.frontier, temporary.database.ledger)
            _ = try await frontier.add([Samples.url("/anime/1")])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            let url = try #require(try await frontier.lease(1, of: lease).first)
            var random = SplitMix64(seed: 1)
            let words = (0..<(2 << 20)).map { _ in random.next() }
            let body = words.withUnsafeBytes { Array($0) }
            let page = RawPage(
                site: "demo", url: url.entry.url.href, page: "anime", status: 200, contentType: nil, body: body,
                fetchedAt: Date(timeIntervalSince1970: 1_000))
            let visit = VisitOutcome(
                visited: url, disposition: .done(revisit: nil), status: 200,
                items: [Samples.user("ada", scores: [1: 8])], page: page)
            let summary = try await ledger.commit(
                [visit], under: lease, wait: .zero, cause: Samples.cause, id: "commit")
            #expect(summary.inserted == 1)
            #expect(summary.drops.map(\.reason) == [.tooLarge])
            #expect(try await frontier.counts(site: "demo") == [.done: 1])
            #expect(try await temporary.database.pages.forEach(site: "demo") { _ in Issue.record("kept") } == 0)
        }
    }

    @Test("hosts that are committed at the same time do not take each other's turn")
    func concurrentCommits() async throws {
        try await TemporaryDatabase.with { temporary in
            let ledger = temporary.database.ledger
            let stored = try await withThrowingTaskGroup(of: Int.self) { tasks in
                for round in 0..<40 {
                    tasks.addTask {
                        let people = (0..<5).map { Samples.user("person-\(round)-\($0)", scores: [1: 8]) }
                        return try await ledger.store(people, cause: Samples.cause).inserted
                    }
                }
                return try await tasks.reduce(0, +)
            }
            #expect(stored == 200)
            #expect(try await temporary.database.changes.newest() == 200)
        }
    }

    @Test(
        "what a page can be asked for again by comes back with its URL, and goes with a page that was refused in part")
    func revalidation() async throws {
        try await TemporaryDatabase.with { temporary in
            let (frontier, ledger) = (temporary.database.frontier, temporary.database.ledger)
            _ = try await frontier.add([Samples.url("/anime/1"), Samples.url("/anime/2")])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            let known = try #require(
                Revalidation(
                    validators: Validators(
                        entityTag: EntityTag("W/\"1\""), lastModified: "Sun, 06 Nov 1994 08:49:37 GMT"),
                    statedLifetime: 60, spiderVersion: "1"))
            var bad = Samples.user("bad", scores: [1: 8])
            bad.fields["list"] = "not a list"
            func visits(_ urls: [LeasedURL]) -> [VisitOutcome] {
                urls.map { url in
                    let item = url.entry.url.path == "/anime/1" ? Samples.user("ada", scores: [1: 8]) : bad
                    return VisitOutcome(
                        visited: url, disposition: .done(revisit: Date()), status: 200, items: [item],
                        revalidation: known)
                }
            }
            let first = try await frontier.lease(2, of: lease)
            #expect(first.allSatisfy { $0.revalidation == nil })
            _ = try await ledger.commit(visits(first), under: lease, wait: .zero, cause: Samples.cause, id: "commit")
            let second = try await frontier.lease(2, of: lease).sorted { $0.entry.url < $1.entry.url }
            #expect(second.map(\.revalidation) == [known, nil])
        }
    }

    @Test("a URL that a redirect led to remembers how many did")
    func redirects() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            let found = try Samples.url("/anime/1")
            _ = try await frontier.add([
                FrontierURL(
                    url: found.url, fingerprint: found.fingerprint, site: found.site, page: found.page, priority: 0,
                    depth: 0, via: nil, redirects: 7)
            ])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            #expect(try await frontier.lease(1, of: lease).map(\.entry.redirects) == [7])
        }
    }

    @Test("a URL to be retried waits for its time and counts its attempts")
    func retry() async throws {
        try await TemporaryDatabase.with { temporary in
            let (frontier, ledger) = (temporary.database.frontier, temporary.database.ledger)
            _ = try await frontier.add([Samples.url("/anime/1")])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            let url = try #require(try await frontier.lease(1, of: lease).first)
            let later = Date().addingTimeInterval(3_600)
            let failed = VisitOutcome(visited: url, disposition: .retry(at: later, reason: "timeout"), status: nil)
            _ = try await ledger.commit([failed], under: lease, wait: .zero, cause: Samples.cause, id: "commit")
            #expect(try await frontier.lease(1, of: lease).isEmpty)
            #expect(try await frontier.list(site: "demo", state: .retry, limit: 10).map(\.attempts) == [1])
            #expect(try await frontier.makeDue(site: "demo", states: [.retry]) == 1)
            #expect(try await frontier.lease(1, of: lease).count == 1)
        }
    }
    @Test("times count from when they were decided, wherever our clock is set until they are stored")
    func clockSetMeanwhile() async throws {
        try await TemporaryDatabase.with { temporary in
            let (frontier, ledger) = (temporary.database.frontier, temporary.database.ledger)
            _ = try await frontier.add([Samples.url("/anime/1")])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            let url = try #require(try await frontier.lease(1, of: lease).first)
            // The clock was two hours slow when the page was read: to be visited in an hour, not an hour ago.
            let slow = Date().addingTimeInterval(-7_200)
            let visit = VisitOutcome(
                visited: url, disposition: .done(revisit: slow.addingTimeInterval(3_600)), decidedAt: slow, status: 200)
            _ = try await ledger.commit([visit], under: lease, wait: .zero, cause: Samples.cause, id: "commit")
            #expect(try await frontier.lease(1, of: lease).isEmpty)
        }
    }
    @Test("a page that adds to what is not stored yet is asked again soon, and not for ever")
    func early() async throws {
        try await TemporaryDatabase.with { temporary in
            let (frontier, ledger) = (temporary.database.frontier, temporary.database.ledger)
            _ = try await frontier.add([Samples.url("/anime/1")])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            let item = Item(
                type: .entry, key: "demo:1", fields: ["_id": "demo:1", "pictures": ["http://a.example/1.jpg"]],
                extent: ItemExtent(isAddition: true))
            for (attempts, state) in [(0, FrontierState.retry), (2, .retry), (3, .done)] {
                let url = try #require(try await frontier.lease(1, of: lease).first)
                let visit = VisitOutcome(
                    visited: LeasedURL(entry: url.entry, attempts: attempts, contentHash: nil),
                    disposition: .done(revisit: nil), status: 200, items: [item])
                _ = try await ledger.commit(
                    [visit], under: lease, wait: .zero, cause: Samples.cause, id: "commit \(attempts)")
                #expect(try await frontier.list(site: "demo", state: state, limit: 10).count == 1, "\(attempts)")
                _ = try await frontier.makeDue(site: "demo", states: [.retry])
            }
        }
    }
}
