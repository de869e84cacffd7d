import WebStandards

/// Reading Retry-After.
struct RetryAfterTarget: FuzzTarget {
    static let name = "retry-after"
    let seeds = ["120", " 0 ", "Fri, 31 Dec 1999 23:59:59 GMT", "99999999999999999999", "1.5", "-1", "soon"]
    let dictionary = ["0", "9", "-", "+", ".", " ", "\t", "GMT", "1e3", "Mon, ", "\u{0}", "٣", ","]
    let members: Set<String> = ["value"]
    let maximumLength = 96

    func check(_ input: [UInt8]) throws {
        let text = String(decoding: input, as: UTF8.self)
        for now in [0, 1_700_000_000, Int64(Int32.max)] {
            guard let seconds = RetryAfter.seconds(text, now: now) else { continue }
            try require((0...RetryAfter.maximumSeconds).contains(seconds), "\(seconds) seconds")
            try require(RetryAfter.seconds(" \(text)\t", now: now) == seconds, "white space around it changes it")
        }
    }
}
