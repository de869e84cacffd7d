import DemoSite
import Testing

@Suite("GapCheck")
struct GapCheckTests {
    private func entry(_ host: String, _ arrived: Int64, _ finished: Int64, notBefore: Int64? = nil) -> AccessLogEntry {
        AccessLogEntry(
            arrived: arrived, finished: finished, connection: 1, host: host, method: "GET", path: "/\(arrived)",
            status: notBefore == nil ? 200 : 429, bytes: 0, userAgent: "", notBefore: notBefore)
    }

    @Test("a gap counts from the end of the last answer, host by host, in whatever order the log has them")
    func gaps() {
        let check = GapCheck([
            entry("a", 700, 800), entry("b", 250, 300), entry("a", 100, 400), entry("b", 1_300, 1_400),
        ])
        #expect(check.smallestGaps == ["a": .microseconds(300), "b": .microseconds(1_000)])
        #expect(check.smallestGap == .microseconds(300))
        #expect(check.violations(of: .microseconds(300)).isEmpty)
        #expect(check.violations(of: .microseconds(301)).map(\.target) == ["/700"])
    }

    @Test("a request during an answer is a gap below zero, also when the answer outlasts a shorter one")
    func overlap() {
        let check = GapCheck([entry("a", 0, 1_000), entry("a", 100, 200), entry("a", 400, 500)])
        #expect(check.smallestGap == .microseconds(-900))
        #expect(check.violations(of: .zero).count == 2)
    }

    @Test("a request before a Retry-After has passed is named, and later ones are not")
    func retryAfter() {
        let check = GapCheck([
            entry("a", 0, 10, notBefore: 5_000), entry("a", 4_000, 4_100), entry("a", 5_000, 5_100), entry("b", 20, 30),
        ])
        #expect(check.retryAfterViolations.map(\.target) == ["/4000"])
        #expect(check.retryAfterViolations.first?.promise == .microseconds(4_990))
    }

    @Test("a host asked once has no gap")
    func single() {
        #expect(GapCheck([entry("a", 0, 10)]).smallestGap == nil)
        #expect(GapCheck([]).violations(of: .seconds(1)).isEmpty)
    }
}
