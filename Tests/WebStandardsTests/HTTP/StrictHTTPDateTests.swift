import Testing

@testable import WebStandards

@Suite("Strict HTTP dates")
struct StrictHTTPDateTests {
    private let now: Int64 = 1_790_000_000

    @Test(
        "the three forms of the standard mean the same, in any case",
        arguments: [
            "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
            "SUN, 06 NOV 1994 08:49:37 gmt",
        ])
    func forms(text: String) {
        #expect(HTTPDate.parseStrictly(text, now: now) == 784_111_777)
    }

    @Test("a year of two digits is at most fifty years ahead")
    func shortYears() {
        #expect(HTTPDate.parseStrictly("Thursday, 18-Aug-50 02:01:18 GMT", now: now) == 2_544_400_878)
        #expect(HTTPDate.parseStrictly("Friday, 31-Dec-76 23:59:59 GMT", now: now) == 3_376_684_799)
        #expect(HTTPDate.parseStrictly("Saturday, 01-Jan-77 00:00:00 GMT", now: now) == 220_924_800)
    }

    @Test(
        "everything else is refused",
        arguments: [
            "", "0", "-1", "Thu, 18 Aug 2050 02:01:18 UTC", "Thu, 18 Aug 50 02:01:18 GMT",
            "Thu 18 Aug 2050 02:01:18 GMT",
            "Thu, 18  Aug  2050 02:01:18 GMT", "Thu, 18-Aug-2050 02:01:18 GMT", "Thu, 18 Aug 2050 02.01.18 GMT",
            "Thu, 18 Aug 2050 2:01:18 GMT", "Thu, 31 Feb 2050 02:01:18 GMT", "Thu, 18 Aug 2050 24:00:00 GMT",
            "Thu, 18 Aug 2050 02:01:18 GMT ", "Foo, 18 Aug 2050 02:01:18 GMT", "Thu, \u{0661}8 Aug 2050 02:01:18 GMT",
        ])
    func refusals(text: String) {
        #expect(HTTPDate.parseStrictly(text, now: now) == nil)
    }
}
