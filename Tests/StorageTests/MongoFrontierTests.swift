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
            let start = Date()
            let robots = HostMemory.Robots(
                status: 200, body: Array("User-agent: *".utf8), fetchedAt: Date(timeIntervalSince1970: 5),
                validators: Validators(entityTag: EntityTag("\"1\""), lastModified: "Sun, 06 Nov 1994 08:49:37 GMT"),
                statedLifetime: 3_600)
            try await frontier.release(
                lease,
                memory: HostMemory(
                    wait: .seconds(600), failures: 3, delaySeconds: 2.5, closedReason: "429", robots: robots))
            #expect(try await frontier.leaseHost(site: "demo", owner: "b", seconds: 60) == nil)
            let due = try #require(try await frontier.nextDue(site: "demo"))
            #expect((600...660).contains(due.timeIntervalSince(start)))
            let memory = try await frontier.memory(of: lease)
            #expect(memory.wait > .seconds(540) && memory.wait <= .seconds(600))
            #expect(memory.scheme == "http")
            #expect(memory.failures == 3)
            #expect(memory.delaySeconds == 2.5)
            #expect(memory.closedReason == "429")
            #expect(memory.robots == robots)
        }
    }

    @Test("a host has one owner, whatever site asks")
    func sitesOfOneHost() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            _ = try await frontier.add([Samples.url("/anime/1"), Samples.url("/anime/2", site: "other")])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            #expect(try await frontier.leaseHost(site: "other", owner: "b", seconds: 60) == nil)
            try await frontier.release(lease, memory: HostMemory(failures: 2))
            // What was pushed out of the way is ready when the host would have been, at the latest.
            #expect(try await frontier.nextDue(site: "other") != nil)
        }
    }

    @Test("what one site learnt of a host, another one knows")
    func sharedMemory() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            _ = try await frontier.add([Samples.url("/anime/1")])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            try await frontier.release(lease, memory: HostMemory(failures: 2))
            _ = try await frontier.add([Samples.url("/anime/2", site: "other")])
            let other = try #require(try await frontier.leaseHost(site: "other", owner: "b", seconds: 60))
            #expect(try await frontier.memory(of: other).failures == 2)
            #expect(other.token > lease.token)
        }
    }

    @Test("a host without anything to ask for is not offered until a URL is added to it")
    func wake() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            let known = try Samples.url("/anime/1")
            _ = try await frontier.add([known])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            let url = try #require(try await frontier.lease(1, of: lease).first)
            _ = try await temporary.database.ledger.commit(
                [VisitOutcome(visited: url, disposition: .done(revisit: nil), status: 200)], under: lease, wait: .zero,
                cause: Samples.cause, id: "commit")
            try await frontier.release(lease, memory: HostMemory())
            #expect(try await frontier.nextDue(site: "demo") == nil)
            #expect(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60) == nil)
            _ = try await frontier.add([Samples.url("/anime/2")])
            #expect(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60) != nil)
        }
    }

    @Test("URLs added to a host while it is being given back are not forgotten")
    func lostWakeUp() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            for round in 0..<20 {
                _ = try await frontier.add([Samples.url("/anime/\(round)-0")])
                let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
                let urls = try await frontier.lease(10, of: lease)
                _ = try await temporary.database.ledger.commit(
                    urls.map { VisitOutcome(visited: $0, disposition: .done(revisit: nil), status: 200) }, under: lease,
                    wait: .zero, cause: Samples.cause, id: "commit \(round)")
                async let added = frontier.add([Samples.url("/anime/\(round)-1")])
                async let released: Void = frontier.release(lease, memory: HostMemory())
                _ = try await (added, released)
                let next = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
                let left = try await frontier.lease(10, of: next)
                #expect(left.count == 1)
                _ = try await temporary.database.ledger.commit(
                    left.map { VisitOutcome(visited: $0, disposition: .done(revisit: nil), status: 200) }, under: next,
                    wait: .zero, cause: Samples.cause, id: "commit \(round) again")
                try await frontier.release(next, memory: HostMemory())
            }
        }
    }

    @Test("a revisit whose time has come is handed out, one whose time has not is waited for")
    func revisits() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            _ = try await frontier.add([Samples.url("/past"), Samples.url("/future")])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            let visits = try await frontier.lease(2, of: lease).map { url in
                let age: TimeInterval = url.entry.url.path == "/past" ? -5 : 5_000
                return VisitOutcome(
                    visited: url, disposition: .done(revisit: Date().addingTimeInterval(age)), status: 200)
            }
            _ = try await temporary.database.ledger.commit(
                visits, under: lease, wait: .zero, cause: Samples.cause, id: "commit")
            #expect(try await frontier.lease(10, of: lease).map(\.entry.url.path) == ["/past"])
            try await frontier.giveBack([], of: lease)
        }
    }

    @Test("URLs that a dead worker held come after the others, and one that was asked in vain too often is given up")
    func poison() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            _ = try await frontier.add([Samples.url("/bad", priority: 9), Samples.url("/good", priority: 8)])
            var token = 0
            for _ in 0..<10 {
                // A lease of no time at all: its holder is dead at once.
                let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "dying", seconds: 0))
                let urls = try await frontier.lease(10, of: lease)
                let bad = try #require(urls.first { $0.entry.url.path == "/bad" })
                #expect(bad.isSuspect == (token > 0))
                try await frontier.mark(bad, of: lease)
                token = lease.token
            }
            _ = try await frontier.add([Samples.url("/new", priority: 0)])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            #expect(try await frontier.lease(10, of: lease).map(\.entry.url.path) == ["/new"])
            #expect(try await frontier.lease(10, of: lease).map(\.entry.url.path) == ["/good"])
            let dead = try await frontier.list(site: "demo", state: .dead, limit: 10)
            #expect(dead.map(\.url) == ["http://127.0.0.1:8001/bad"])
            #expect(dead.first?.reason?.contains("poison") == true)
            #expect(try await frontier.makeDue(site: "demo", states: [.dead]) == 1)
            #expect(try await frontier.lease(10, of: lease).map(\.entry.url.path) == ["/bad"])
        }
    }

    @Test("what is remembered of a host that is being asked is there for whoever takes it after a death")
    func remembered() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            _ = try await frontier.add([Samples.url("/anime/1")])
            let dead = try #require(try await frontier.leaseHost(site: "demo", owner: "dead", seconds: 0))
            let asking = HostMemory(
                failures: 2, delaySeconds: 60, closedReason: "$no field", recentReads: "gpr", isInUse: true)
            try await frontier.remember(asking, of: dead)
            let next = try #require(try await frontier.leaseHost(site: "demo", owner: "next", seconds: 60))
            var memory = try await frontier.memory(of: next)
            memory.scheme = nil
            #expect(memory == asking)
            try await frontier.remember(HostMemory(), of: dead)
            #expect(try await frontier.memory(of: next).isInUse)
        }
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
