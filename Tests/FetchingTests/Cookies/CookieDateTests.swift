import Testing

@testable import Fetching

@Suite("CookieDate")
struct CookieDateTests {
    @Test(
        "dates are read in any order and form",
        arguments: [
            "Wed, 09 Jun 2021 10:18:14 GMT", "Wednesday, 09-Jun-21 10:18:14 GMT", "Wed Jun  9 10:18:14 2021",
            "2021 june 9 10:18:14", "10:18:14x 9th Junk 21", "9/jun/2021/10:18:14", "Jun 9, 2021 10:18:14 +0200",
        ])
    func forms(text: String) {
        #expect(CookieDate.seconds(text) == 1_623_233_894)
    }

    @Test(
        "years of two digits lie between 1970 and 2069",
        arguments: [
            ("70", 0), ("99", 915_148_800), ("69", 3_124_224_000), ("00", 946_684_800), ("1601", -11_644_473_600),
        ])
    func years(year: String, seconds: Int64) {
        #expect(CookieDate.seconds("1 Jan \(year) 00:00:00") == seconds)
    }

    @Test("a leap day exists in leap years only")
    func leapDays() {
        #expect(CookieDate.seconds("29 Feb 2024 00:00:00") == 1_709_164_800)
        #expect(CookieDate.seconds("29 Feb 2100 00:00:00") == nil)
        #expect(CookieDate.seconds("29 Feb 2000 00:00:00") == 951_782_400)
    }

    @Test(
        "what is no date is none",
        arguments: [
            "", "tomorrow", "09 Jun 2021", "10:18:14 Jun 2021", "31 Jun 2021 00:00:00", "0 Jun 2021 00:00:00",
            "9 Jun 1600 00:00:00", "9 Jun 2021 24:00:00", "9 Jun 2021 00:60:00", "9 Jun 2021 00:00:60",
            "9 Jun 20210 00:00:00", "99999999999999999999 Jun 2021 00:00:00",
        ])
    func nonsense(text: String) {
        #expect(CookieDate.seconds(text) == nil)
    }
}
