import CrawlDomain
import Foundation
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct RunLogTests {
    @Test("a run is read as it was recorded")
    func roundTrip() async throws {
        try await TemporaryDatabase.with { temporary in
            let runs = temporary.database.runs
            var run = CrawlRun(
                id: "demo-1", site: "demo", startedAt: Date(timeIntervalSince1970: 1_000_000), owner: "host:1:a")
            run.counters.pages = 7
            run.counters.refused = ["offset": 3]
            run.counters.errors = ["timeout": 1]
            run.paces = [
                HostPace(
                    host: "h:1", requests: 8, answerSeconds: 0.5, delaySeconds: 4, promiseSeconds: 2,
                    reason: "the operator")
            ]
            run.sharedDelaySeconds = 1.5
            run.efficiency = CrawlEfficiency(boundSeconds: 14.5, seconds: 20)
            try await runs.record(run)
            let seen = try #require(try await runs.running(site: "demo").first)
            #expect(seen.run == run)
            #expect(seen.age < .seconds(30))
            (run.state, run.endedAt, run.reason) = (
                .finished, Date(timeIntervalSince1970: 1_000_060), "nothing left to do"
            )
            try await runs.record(run)
            #expect(try await runs.running(site: "demo").isEmpty)
            #expect(try await runs.ended(site: "demo", limit: 5).map(\.run) == [run])
        }
    }

    @Test("a run that was not heard of is closed once, one that was is left alone")
    func lost() async throws {
        try await TemporaryDatabase.with { temporary in
            let (runs, control) = (temporary.database.runs, temporary.database.control)
            try await runs.record(CrawlRun(id: "demo-1", site: "demo", startedAt: Date()))
            #expect(try await control.closeLostRuns(site: "demo", unseenFor: .seconds(60)).isEmpty)
            // Nothing is younger than less than no time.
            #expect(try await control.closeLostRuns(site: "demo", unseenFor: .seconds(-1)) == ["demo-1"])
            #expect(try await control.closeLostRuns(site: "demo", unseenFor: .seconds(-1)).isEmpty)
            let closed = try #require(try await runs.ended(site: "demo", limit: 1).first?.run)
            #expect(closed.state == .failed)
            #expect(closed.reason == "the process died")
            #expect(closed.endedAt != nil)
        }
    }
}
