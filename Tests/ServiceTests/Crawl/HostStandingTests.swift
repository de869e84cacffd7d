import CrawlDomain
import Foundation
import Testing

@testable import Reports
@testable import Service

@Suite struct HostStandingTests {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    private func standing(
        sitePaused: Bool = false, running: Bool = true, _ change: (inout SiteReport.Host) -> Void
    ) -> HostStanding {
        var host = SiteReport.Host(name: "h")
        (host.delay, host.promise) = (1, 1)
        change(&host)
        return HostStanding(host, isSitePaused: sitePaused, isRunning: running, now: now)
    }

    @Test(
        "why a host is left alone is told apart by what the crawler wrote down",
        arguments: [
            ("answered 429, asked again after 30.0 seconds", HostStanding.Kind.toldToWait),
            ("8 failures in a row", .circuitOpen), ("its daily budget of 10 requests is used up", .budgetUsed),
            ("robots.txt: visits from 06:00 to 08:45", .leftAlone), ("not allowed by the configuration", .leftAlone),
            ("3 pages in a row were refused", .blocked), ("the site blocked us at 127.0.0.1", .blocked),
        ])
    func leftAlone(reason: String, kind: HostStanding.Kind) {
        let closed = standing {
            $0.closedReason = reason
            $0.notBefore = now.addingTimeInterval(60)
        }
        #expect(closed.kind == kind && closed.until == now.addingTimeInterval(60))
        #expect(closed.reason == (kind == .toldToWait ? "answered 429" : reason))
        #expect(
            standing {
                $0.closedReason = reason; $0.notBefore = now.addingTimeInterval(-1)
            }.kind == .probing)
    }

    @Test("a pause wins over everything, and says whose it is")
    func paused() {
        let closed = standing(sitePaused: true) {
            $0.closedReason = "8 failures in a row"
            $0.notBefore = now.addingTimeInterval(60)
        }
        #expect(closed.kind == .paused && closed.reason == "with the whole site" && closed.until == nil)
        #expect(standing { $0.isPaused = true }.reason == "by the operator")
    }

    @Test("waiting for longer than the delay is a back-off; within it a host is being asked")
    func backOff() {
        #expect(standing { $0.notBefore = now.addingTimeInterval(1.5) }.kind == .asked)
        let waits = standing { $0.notBefore = now.addingTimeInterval(5) }
        #expect(waits.kind == .backingOff && waits.until == now.addingTimeInterval(5))
    }

    @Test("a long name is shown cut, and steered whole")
    func longName() throws {
        let name = String(repeating: "a", count: 150) + ".example"
        let view = HostView(SiteReport.Host(name: name), of: "demo", isSitePaused: false, elapsed: 0, now: now)
        #expect(view.host == name && view.name.count <= 101)
        #expect(try Pages().fragment("crawl-host", view).contains("name=\"host\" value=\"\(name)\""))
    }

    @Test("without a crawl a host waits, or is idle")
    func idle() {
        #expect(standing(running: false) { $0.waiting = 1 }.kind == .waiting)
        #expect(standing(running: false) { $0.waiting = 0 }.kind == .idle)
        #expect(standing { $0.promise = nil }.kind == .idle)
    }
}
