import Testing
import WebStandards

@Suite("CronExpression")
struct CronExpressionTests {
    private func next(_ text: String, after time: String, zone: String = "UTC") throws -> String? {
        let start = try #require(W3CDateTime.parse(time))
        return try CronExpression(text, timeZone: zone).next(after: start).map(W3CDateTime.format)
    }

    @Test("the next time is the first that fits every field")
    func fields() throws {
        #expect(try next("*/15 * * * *", after: "2024-02-28T23:46:00Z") == "2024-02-29T00:00:00Z")
        #expect(try next("30 4 1 jan-mar/2 *", after: "2024-01-01T04:30:00Z") == "2024-03-01T04:30:00Z")
        #expect(try next("0 0 * * 7", after: "2024-03-01T00:00:00Z") == "2024-03-03T00:00:00Z")
        #expect(try next("0 12 13 * FRI", after: "2024-03-09T00:00:00Z") == "2024-03-13T12:00:00Z")
        #expect(try next("0 0 29 2 ?", after: "2097-01-01T00:00:00Z") == "2104-02-29T00:00:00Z")
        #expect(try next("@weekly", after: "2024-03-04T00:00:00Z") == "2024-03-10T00:00:00Z")
        #expect(try next("0 0 31 4 *", after: "2024-03-04T00:00:00Z") == nil)
    }

    @Test("a time skipped in spring does not fire, one repeated in autumn fires twice")
    func clockChanges() throws {
        #expect(try next("30 2 * * *", after: "2026-03-28T12:00:00Z", zone: "Europe/Berlin") == "2026-03-30T00:30:00Z")
        #expect(try next("30 2 * * *", after: "2026-10-24T12:00:00Z", zone: "Europe/Berlin") == "2026-10-25T00:30:00Z")
        #expect(try next("30 2 * * *", after: "2026-10-25T00:30:00Z", zone: "Europe/Berlin") == "2026-10-25T01:30:00Z")
        #expect(try next("TZ=Asia/Tokyo 0 6 * * *", after: "2026-01-01T00:00:00Z") == "2026-01-01T21:00:00Z")
        #expect(try next("0 6 * * *", after: "2026-01-01T00:00:00Z", zone: "+05:30") == "2026-01-01T00:30:00Z")
    }

    @Test(
        "mistakes are refused",
        arguments: [
            "", "* * * *", "* * * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8",
            "5-1 * * * *",
            "*/0 * * * *", "1-2-3 * * * *", "1/2/3 * * * *", "a * * * *", "@sometimes", ", * * * *",
            "TZ=Mars/Olympus * * * * *",
            "99999999999999999999 * * * *", "-1 * * * *", "* * * foo *",
        ])
    func refusals(text: String) {
        #expect(throws: SyntaxError.self) { try CronExpression(text) }
    }
}
