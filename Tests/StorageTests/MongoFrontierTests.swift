import CrawlDomain
import Foundation
import Storage
import TestSupport
import Testing
import WebStandards

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct MongoFrontierTests {
    @Test("a URL is added once, whatever its spelling")
    func dedupe() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            let added = try await frontier.add([Samples.url("/anime/1"), Samples.url("/anime/2")])
            let addedAgain = try await frontier.add([Samples.url("/a/../anime/1"), Samples.url("/anime/3")])
            #expect((added, addedAgain) == (2, 1))
            #expect(try await frontier.counts(site: "demo") == [.due: 3])
        }
    }

    @Test("a host is leased to one worker at a time, and given back it is free again")
    func hostLease() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            _ = try await frontier.add([Samples.url("/anime/1")])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            #expect(try await frontier.leaseHost(site: "demo", owner: "b", seconds: 60) == nil)
            try await frontier.release(lease, memory: HostMemory())
            let next = try #require(try await frontier.leaseHost(site: "demo", owner: "b", seconds: 60))
            #expect(next.token > lease.token)
            #expect(try await frontier.renew(lease, seconds: 60) == false)
        }
    }

    @Test("two workers asking at the same moment never both get the host")
    func race() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            _ = try await frontier.add([Samples.url("/anime/1")])
            let leases = try await withThrowingTaskGroup(of: HostLease?.self) { group in
                for worker in 0..<8 {
                    group.addTask { try await frontier.leaseHost(site: "demo", owner: "worker \(worker)", seconds: 60) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(leases.compactMap(\.self).count == 1)
        }
    }

    @Test("URLs come by priority, and none comes twice")
    func priority() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            _ = try await frontier.add([
                Samples.url("/low", priority: 1), Samples.url("/high", priority: 9),
                Samples.url("/middle", priority: 5),
            ])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            let first = try await frontier.lease(2, of: lease)
            let second = try await frontier.lease(2, of: lease)
            #expect((first + second).map(\.entry.url.path) == ["/high", "/middle", "/low"])
            #expect(try await frontier.lease(2, of: lease).isEmpty)
        }
    }

    @Test("what a dead worker held is ready again for the next holder of the host")
    func reclaim() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            _ = try await frontier.add([Samples.url("/anime/1"), Samples.url("/anime/2")])
            // A lease of no time at all: its holder is dead at once.
            let dead = try #require(try await frontier.leaseHost(site: "demo", owner: "dead", seconds: 0))
            #expect(try await frontier.lease(10, of: dead).count == 2)
            let next = try #require(try await frontier.leaseHost(site: "demo", owner: "next", seconds: 60))
            #expect(try await frontier.lease(10, of: next).count == 2)
        }
    }

    @Test("a host that must not be asked yet is not leased")
    func notBefore() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            _ = try await frontier.add([Samples.url("/anime/1")])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            let later = Date().addingTimeInterval(600)
            let robots = HostMemory.Robots(
                status: 200, body: Array("User-agent: *".utf8), fetchedAt: Date(timeIntervalSince1970: 5),
                validators: Validators(entityTag: EntityTag("\"1\""), lastModified: "Sun, 06 Nov 1994 08:49:37 GMT"),
                statedLifetime: 3_600)
            try await frontier.release(
                lease,
                memory: HostMemory(
                    notBefore: later, failures: 3, delaySeconds: 2.5, closedReason: "429", robots: robots))
            #expect(try await frontier.leaseHost(site: "demo", owner: "b", seconds: 60) == nil)
            let due = try #require(try await frontier.nextDue(site: "demo"))
            #expect(abs(due.timeIntervalSince(later)) < 5)
            let memory = try await frontier.memory(of: lease)
            #expect(memory.failures == 3)
            #expect(memory.delaySeconds == 2.5)
            #expect(memory.closedReason == "429")
            #expect(memory.robots == robots)
        }
    }

    @Test("what is remembered of a host that is being asked is there for whoever takes it after a death")
    func remembered() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            _ = try await frontier.add([Samples.url("/anime/1")])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 1))
            let later = Date().addingTimeInterval(1)
            let asking = HostMemory(
                notBefore: later, failures: 2, delaySeconds: 60, closedReason: "$no field", recentReads: "gpr",
                isInUse: true)
            try await frontier.remember(asking, of: lease)
            let next = try #require(
                try await Self.eventually {
                    try await frontier.leaseHost(site: "demo", owner: "b", seconds: 60)
                })
            var memory = try await frontier.memory(of: next)
            // By then the time has passed, by any clock.
            #expect(memory.notBefore ?? .distantFuture <= Date())
            memory.notBefore = later
            #expect(memory == asking)
            try await frontier.remember(HostMemory(), of: lease)
            #expect(try await frontier.memory(of: next).isInUse)
        }
    }

    private static func eventually<Value>(_ look: () async throws -> Value?) async throws -> Value? {
        let start = ContinuousClock.now
        while start.duration(to: .now) < .seconds(60) { if let value = try await look() { return value } }
        return nil
    }

    @Test("URLs given back are due again")
    func giveBack() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            _ = try await frontier.add([Samples.url("/anime/1")])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            let urls = try await frontier.lease(10, of: lease)
            try await frontier.giveBack(urls, of: lease)
            #expect(try await frontier.counts(site: "demo") == [.due: 1])
        }
    }
}
