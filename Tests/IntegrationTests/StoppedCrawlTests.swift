import CrawlDomain
import DemoSite
import Foundation
import Storage
import TestSupport
import Testing
import WebStandards

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct StoppedCrawlTests {
    /// Starts a crawl and sends a signal once the site has answered so many requests; returns how long it took to end.
    private func interrupt(_ rig: CrawlRig, after requests: Int, with signal: Int32) async throws -> (
        status: Int32, took: Duration
    ) {
        let crawl = try await RunningProgram(rig.program, ["crawl", "demo"] + rig.starts)
        while rig.site.log.entries.count < requests, crawl.isRunning { await Task.yield() }
        let clock = ContinuousClock.now
        crawl.signal(signal)
        return (await crawl.exit(), clock.duration(to: .now))
    }

    private func dump(_ rig: CrawlRig) async throws -> [String: JSONObject] {
        let bookkeeping = ["run", "change", "content_hash", "spider", "fetched_at"]
        let all = try await rig.entries().merging(rig.users()) { $1 }
        return all.mapValues { document in
            JSONObject(document.filter { !bookkeeping.contains($0.key) }.map { ($0.key, $0.value) })
        }
    }

    @Test("Ctrl-C ends a crawl within seconds, and --resume goes on to the same result", arguments: [SIGINT, SIGTERM])
    func interrupted(signal: Int32) async throws {
        let uninterrupted = try await CrawlRig.with { rig in
            try await rig.crawl()
            return try await dump(rig)
        }
        // Slow enough that there is something left when the signal comes, however late this process has its turn.
        try await CrawlRig.with(behaviour: "delay ms=60") { rig in
            let (status, took) = try await interrupt(rig, after: 25, with: signal)
            #expect(status == 0)
            #expect(took < .seconds(10))
            let stored = try await rig.entries().count
            try await rig.crawl(["--resume"])
            #expect(try await rig.entries().count > stored)
            let resumed = try await dump(rig)
            #expect(Set(resumed.keys) == Set(uninterrupted.keys))
            for (key, document) in resumed { #expect(document.sameSite(as: uninterrupted[key]), "\(key)") }
        }
    }

    @Test("after kill -9 the next run loses nothing and stores nothing twice")
    func killed() async throws {
        let uninterrupted = try await CrawlRig.with { rig in
            try await rig.crawl()
            return try await dump(rig)
        }
        // Slow, as above.
        try await CrawlRig.with(behaviour: "delay ms=60") { rig in
            let (status, _) = try await interrupt(rig, after: 30, with: SIGKILL)
            #expect(status == SIGKILL)
            try await rig.crawl(["--resume"])
            let resumed = try await dump(rig)
            #expect(Set(resumed.keys) == Set(uninterrupted.keys))
            for (key, document) in resumed { #expect(document.sameSite(as: uninterrupted[key]), "\(key)") }
            let changes = try await rig.database.changes.changes(after: 0, limit: 10_000)
            #expect(changes.map(\.number) == Array(1...changes.count))
            // An anime may be combined anew as more of it becomes known; an item is written once, and once added to by its profile.
            let items = changes.filter { $0.subject != .anime }
            let inserts = items.filter { $0.operation == .insert }
            #expect(Set(inserts.map(\.key)).count == inserts.count)
            let additions = items.filter { $0.operation != .insert }
            #expect(additions.allSatisfy { $0.fields.allSatisfy { ["statistics", "favorites"].contains($0.name) } })
            #expect(Set(additions.map(\.key)).count == additions.count)
        }
    }
}

extension JSONObject {
    /// Whether two documents are equal but for the port of the site they came from.
    fileprivate func sameSite(as other: JSONObject?) -> Bool {
        guard let other else { return false }
        return JSONValue.object(self).withoutPorts == JSONValue.object(other).withoutPorts
    }
}

extension JSONValue {
    fileprivate var withoutPorts: String {
        serialized(sortedKeys: true).replacing(/127\.0\.0\.1:\d+/, with: "site")
    }
}
