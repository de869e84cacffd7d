import WebStandards

/// Reading dates of HTTP headers and of documents.
struct HTTPDateTarget: FuzzTarget {
    static let name = "http-date"
    let seeds = [
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        "06 Nov 1994 08:49 +0100",
        "2026-03-09T10:30:15.25+02:00", "1994 Nov 6", "20040911 17:02:03 EST", "Mon, 29-Feb-2100 24:00:60 GMT",
    ]
    let dictionary = [
        "Mon, ", "Feb", "29", "31", "00:00:00", "24:00:60", "GMT", "+9999", "-0000", "99999999999999999999", "1600",
        "9999", "70",
        ",", ":", "-", " ", "Z", "T", ".", "PM", "UTC", "EST", "\u{0}", "é",
    ]
    let members: Set<String> = ["value", "date"]
    let maximumLength = 96

    func check(_ input: [UInt8]) throws {
        let text = String(decoding: input, as: UTF8.self)
        if let seconds = HTTPDate.parse(text), (-62_135_596_800...253_402_300_799).contains(seconds) {
            let written = HTTPDate.format(seconds)
            try require(HTTPDate.parse(written) == seconds, "\(seconds) is written \(written) and read differently")
        }
        if let seconds = W3CDateTime.parse(text), (-62_135_596_800...253_402_300_799).contains(seconds) {
            let written = W3CDateTime.format(seconds)
            try require(W3CDateTime.parse(written) == seconds, "\(seconds) is written \(written) and read differently")
        }
    }
}
