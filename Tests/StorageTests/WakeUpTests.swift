import CrawlDomain
import Foundation
import MongoDriver
import Storage
import Synchronization
import TestSupport
import Testing
import WebStandards

/// Whatever happens, a URL that is due is found: its host's queue never says "never", nor a time that is too late.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct WakeUpTests {
    private let host = "127.0.0.1:8001"

    /// Visits all that is due on the host, once and for all, and goes on holding it.
    private func finish(_ temporary: TemporaryDatabase, owner: String, seconds: Int = 60) async throws -> HostLease {
        let frontier = temporary.database.frontier
        let lease = try #require(try await frontier.leaseHost(site: "demo", owner: owner, seconds: seconds))
        let visits = try await frontier.lease(100, of: lease).map {
            VisitOutcome(visited: $0, disposition: .done(revisit: nil), status: 200)
        }
        _ = try await temporary.database.ledger.commit(
            visits, under: lease, wait: .zero, cause: Samples.cause, id: "commit of \(owner)")
        return lease
    }

    @Test("the queues of a run that died are woken before it is closed, so that a death in between is noticed again")
    func lostRun() async throws {
        try await TemporaryDatabase.with { temporary in
            let writes = Mutex<[String]>([])
            var options = MongoClientOptions()
            options.commandObserver = { event in
                guard let collection = event.command[event.name]?.stringValue, event.name == "update" else { return }
                writes.withLock { $0.append(collection) }
            }
            let client = try MongoClient(uri: temporary.uri, options: options)
            let database = AnimeDatabase(client: client, name: temporary.name)
            try await database.runs.record(CrawlRun(id: "demo-1", site: "demo", startedAt: Date()))
            writes.withLock { $0 = [] }
            #expect(try await database.control.closeLostRuns(site: "demo", unseenFor: .seconds(-1)) == ["demo-1"])
            #expect(writes.withLock { $0 }.firstIndex(of: "queues") == 0)
            #expect(writes.withLock { $0 }.contains("runs"))
            await client.close()
        }
    }

    @Test("a host is resumed and its queues are woken in one step: in between nobody would wake them ever again")
    func resumed() async throws {
        try await TemporaryDatabase.with { temporary in
            _ = try await temporary.database.frontier.add([Samples.url("/1")])
            let writes = Mutex<[String: Bool]>([:])
            var options = MongoClientOptions()
            options.commandObserver = { event in
                guard let collection = event.command[event.name]?.stringValue, event.name == "update" else { return }
                writes.withLock { $0[collection] = event.command["autocommit"] == false }
            }
            let client = try MongoClient(uri: temporary.uri, options: options)
            let control = AnimeDatabase(client: client, name: temporary.name).control
            #expect(try await control.setPaused(.host(host, site: "demo"), true))
            writes.withLock { $0 = [:] }
            #expect(try await control.setPaused(.host(host, site: "demo"), false))
            #expect(writes.withLock { $0 } == ["hosts": true, "queues": true])
            await client.close()
        }
    }

    @Test(
        "a URL that is made due is found on the host where it is, whatever the host of the spelling it is named by",
        arguments: [false, true])
    func otherSpelling(isRecrawl: Bool) async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            let known = try Samples.url("/1")
            _ = try await frontier.add([known])
            try await frontier.release(try await finish(temporary, owner: "a"), memory: HostMemory())
            #expect(try await frontier.leaseHost(site: "demo", owner: "b", seconds: 60) == nil)
            let spelling = FrontierURL(
                url: try Samples.url("/1", host: "www.example.org").url, fingerprint: known.fingerprint, site: "demo",
                page: "anime", priority: 0, depth: 0, via: nil)
            if isRecrawl {
                try await frontier.recrawl([spelling], whole: false)
            } else {
                try await frontier.makeDue([spelling])
            }
            var hosts: Set<String> = []
            while let next = try await frontier.leaseHost(site: "demo", owner: "b", seconds: 60) {
                hosts.insert(next.host)
            }
            #expect(hosts.contains(host))
        }
    }

    @Test("links of a worker whose lease was lost are looked for, also those to the host itself")
    func lostLease() async throws {
        try await TemporaryDatabase.with { temporary in
            let (frontier, ledger) = (temporary.database.frontier, temporary.database.ledger)
            _ = try await frontier.add([Samples.url("/1")])
            let old = try #require(try await frontier.leaseHost(site: "demo", owner: "old", seconds: 0))
            let visited = try #require(try await frontier.lease(1, of: old).first)
            let new = try await finish(temporary, owner: "new")
            try await frontier.release(new, memory: HostMemory())
            #expect(try await frontier.nextDue(site: "demo") == nil)
            let visit = VisitOutcome(
                visited: visited, disposition: .done(revisit: nil), status: 200, discovered: [try Samples.url("/2")])
            await #expect(throws: LeaseLostError.self) {
                _ = try await ledger.commit([visit], under: old, wait: .zero, cause: Samples.cause, id: "late")
            }
            let next = try #require(try await frontier.leaseHost(site: "demo", owner: "next", seconds: 60))
            #expect(try await frontier.lease(10, of: next).map(\.entry.url.path) == ["/2"])
        }
    }

    @Test("a lost lease that is given back leaves the queue to the new holder, whose death would go unnoticed else")
    func lateRelease() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            _ = try await frontier.add([Samples.url("/1")])
            let old = try #require(try await frontier.leaseHost(site: "demo", owner: "old", seconds: 0))
            let new = try await finish(temporary, owner: "new")
            try await frontier.release(old, memory: HostMemory(wait: .seconds(5_000)))
            let end = try #require(try await frontier.nextDue(site: "demo"))
            #expect(end.timeIntervalSinceNow < 600)
            #expect(try await frontier.memory(of: new).wait == .zero)
            // Told again, because the answer was lost, it settles the queue all the same.
            try await frontier.release(new, memory: HostMemory())
            try await frontier.release(new, memory: HostMemory())
            #expect(try await frontier.nextDue(site: "demo") == nil)
        }
    }

    @Test("a stored URL that is none any more is given up, not handed out for ever", .timeLimit(.minutes(5)))
    func noURL() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            _ = try await frontier.add([Samples.url("/1")])
            try await temporary.client.database(temporary.name).collection("frontier").updateMany(
                [:], ["$set": ["url": "no URL"]])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            #expect(try await frontier.lease(10, of: lease).isEmpty)
            try await frontier.release(lease, memory: HostMemory())
            #expect(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60) == nil)
            #expect(try await frontier.list(site: "demo", state: .dead, limit: 1).first?.reason == "no URL any more")
        }
    }

    @Test("a host whose queue is gone can be given back", .timeLimit(.minutes(5)))
    func noQueue() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            _ = try await frontier.add([Samples.url("/1")])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            _ = try await temporary.client.database(temporary.name).collection("queues").deleteMany([:])
            try await frontier.release(lease, memory: HostMemory())
            // The URL is still there, and so its queue is.
            #expect(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60) != nil)
        }
    }
}
