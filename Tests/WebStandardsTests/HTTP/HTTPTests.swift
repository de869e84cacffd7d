import Testing
import WebStandards

@Suite("HTTP dates and delays")
struct HTTPTests {
    @Test(
        "the three forms of the standard mean the same",
        arguments: ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"])
    func forms(text: String) {
        #expect(HTTPDate.parse(text) == 784_111_777)
    }

    @Test("formatting and parsing are inverse")
    func roundTrip() {
        #expect(HTTPDate.format(784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
        for seconds: Int64 in [0, -1, 951_782_400, 4_107_542_399, 253_402_300_799] {
            #expect(HTTPDate.parse(HTTPDate.format(seconds)) == seconds)
        }
    }

    @Test("texts that are no dates are refused")
    func refusals() {
        for text in [
            "", "0", "now", "Sun, 06 Foo 1994 08:49:37 GMT", "06 Nov 1994 25:00:00", "\u{0661} Nov 1994", "-1",
        ] {
            #expect(HTTPDate.parse(text) == nil)
        }
    }

    @Test("a wait is never negative, never longer than six hours")
    func retryAfter() {
        #expect(RetryAfter.seconds(" 120\t", now: 0) == 120)
        #expect(RetryAfter.seconds(String(repeating: "9", count: 30), now: 0) == 21_600)
        #expect(RetryAfter.seconds("Fri, 31 Dec 9999 23:59:59 GMT", now: 0) == 21_600)
        #expect(RetryAfter.seconds("Sun, 06 Nov 1994 08:49:37 GMT", now: 784_111_700) == 77)
        #expect(RetryAfter.seconds("Sun, 06 Nov 1994 08:49:37 GMT", now: 884_111_700) == 0)
        for text in ["-1", "+1", "1.0", "²", "", " ", "soon", "1, 2"] {
            #expect(RetryAfter.seconds(text, now: 0) == nil)
        }
    }

    @Test("of two waits in one answer the longer one counts, and one that is none is passed over")
    func severalWaits() {
        #expect(RetryAfter.seconds(["5", "Thu, 01 Jan 1970 00:02:00 GMT", "-1"], now: 0) == 120)
        #expect(RetryAfter.seconds(["soon"], now: 0) == nil)
        #expect(RetryAfter.seconds([], now: 0) == nil)
    }

    @Test("dates of sitemaps may be as precise as they like")
    func w3cDates() {
        #expect(W3CDateTime.parse("1997") == 852_076_800)
        #expect(W3CDateTime.parse("1997-07") == 867_715_200)
        #expect(W3CDateTime.parse("1997-07-16") == 869_011_200)
        #expect(W3CDateTime.parse("1997-07-16T19:20:30.45+01:00") == 869_077_230)
        #expect(W3CDateTime.format(869_077_230) == "1997-07-16T18:20:30Z")
        for text in ["", "97", "1997-13", "1997-02-29", "1997-07-16T25:00Z", "yesterday"] {
            #expect(W3CDateTime.parse(text) == nil)
        }
    }
}
