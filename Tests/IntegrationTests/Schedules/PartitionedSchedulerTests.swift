import CrawlDomain
import DemoSite
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing
import WebStandards

/// A scheduler that the network cuts off from MongoDB while it and its crawls live on.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint), .serialized)
struct PartitionedSchedulerTests {
    private static let lease = 10
    private static let intervals = ["first": 2, "second": 3]

    @Test("three schedulers, one cut off for longer than its leases: every (schedule, time) fires exactly once")
    func exactlyOnce() async throws {
        let schedules = """
              - {name: first, site: demo, every: 2s, catch_up: all, crawl: {start: "ORIGIN/anime/1", limit: 1}}
              - {name: second, site: demo2, every: 3s, catch_up: all, crawl: {start: "ORIGIN/anime/1", limit: 1}}
            """
        try await ScheduleRig.with(schedules, behaviour: "delay ms=700") { rig in
            let proxy = try FaultProxy(uri: rig.rig.temporary.uri)
            defer { proxy.stop() }
            let isolated = try await rig.scheduler(lease: Self.lease, mongodb: proxy.uri)
            try await rig.eventually("it has run a fire before it has company") { try await count(rig, "done") >= 1 }
            let others = try await rig.schedulers(2, lease: Self.lease)
            try await rig.eventually("it runs a fire") { try await runs(isolated, rig) }
            try proxy.set(.silent)
            let (silent, before) = (ContinuousClock.now, try await count(rig, "done"))
            try await rig.eventually("the others go on, until its leases have ended") {
                let isPast = silent.duration(to: .now) > .seconds(Self.lease + 2)
                return try await count(rig, "done") >= before + 4 && isPast
            }
            try proxy.set(.open)
            let healed = try await count(rig, "done")
            try await rig.eventually("it runs fires again") { try await runs(isolated, rig) }
            try await rig.eventually("all go on") { try await count(rig, "done") >= healed + 4 }
            for name in Self.intervals.keys {
                #expect(try await rig.animematcher("schedule", "pause", name).status == 0)
            }
            try await rig.eventually("nothing runs") { try await count(rig, "running") == 0 }
            for fire in try await rig.fires.due(of: Array(Self.intervals.keys), limit: 1_000) {
                let time = W3CDateTime.format(Int64(fire.time.timeIntervalSince1970))
                let result = try await rig.animematcher("schedule", "run", fire.schedule, "--time", time)
                #expect(result.status == 0, "\(result.errors)")
            }
            for scheduler in [isolated] + others { scheduler.signal(SIGTERM) }
            for scheduler in [isolated] + others { #expect(await scheduler.exit() == 0, "\(scheduler.errors)") }
            try await check(rig)
        }
    }

    /// No time without its fire, none that was done twice, each with the run that did it. What the cut-off one had begun is a run of its own.
    private func check(_ rig: ScheduleRig) async throws {
        for (name, seconds) in Self.intervals {
            let fires = try await rig.fires.latest(of: name, limit: 1_000)
            let times = fires.map { Int($0.time.timeIntervalSince1970) }.sorted()
            let (first, last) = (try #require(times.first), try #require(times.last))
            #expect(times == Array(stride(from: first, through: last, by: seconds)))
            #expect(fires.allSatisfy { $0.state == .done }, "\(fires.filter { $0.state != .done })")
            let site = try #require(fires.first).site
            let runs = try await rig.documents("runs", ["site": .string(site)])
            let finished = Set(
                runs.filter { $0["state"]?.stringValue == "finished" }.compactMap { $0["_id"]?.stringValue })
            let done = fires.compactMap(\.run)
            #expect(Set(done).count == fires.count)
            #expect(Set(done).isSubset(of: finished))
            let again = fires.reduce(0) { $0 + $1.attempts - 1 }
            #expect(runs.count <= fires.count + again, "\(runs.count) runs of \(fires.count) fires, \(again) again")
            print("\(name): \(fires.count) fires, \(runs.count) runs, \(again) claimed again")
        }
    }

    private func count(_ rig: ScheduleRig, _ state: String) async throws -> Int {
        try await rig.documents("fires", ["state": .string(state)]).count
    }

    /// Whether a process that a scheduler has started holds a fire now.
    private func runs(_ scheduler: RunningProgram, _ rig: ScheduleRig) async throws -> Bool {
        try await rig.documents("fires", ["state": "running"]).contains { fire in
            let parts = fire["owner"]?.stringValue?.split(separator: ":") ?? []
            guard parts.count >= 3, let process = Int32(parts[parts.count - 2]) else { return false }
            return Self.parent(of: process) == scheduler.id
        }
    }

    private static func parent(of process: Int32) -> Int32? {
        let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        // Behind the name, which may hold anything: state and parent.
        return text?.split(separator: ")").last?.split(separator: " ").dropFirst().first.flatMap { Int32($0) }
    }
}
