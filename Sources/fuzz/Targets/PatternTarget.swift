import CrawlEngine

/// Compiling a regular expression and running it; the first line is the expression, the rest the text.
struct PatternTarget: FuzzTarget {
    static let name = "pattern"
    let seeds = [
        "(\\d+) eps?\\.?\n12 eps", "^(?:a|b)*?c{2,3}$\nabacc", "(?i)[a-z\\d_^-]+\\b|.\nTest x", "(?m)^x$\na\nx\n",
        "(a*)*b\naaaaaaaaaaaaaaaaaaaaaaaaaaaa", "(x+x+)+y\nxxxxxxxxxxxxxxxxxxxxxxxxxx", "[^\\s\\]]{1,5}\n é漢字 ",
    ]
    let dictionary = [
        "(", ")", "(?:", "(?i)", "(?s)", "(?m)", "[", "]", "[^", "-", "\\d", "\\w", "\\b", "\\B", "\\S", "\\", "*", "+",
        "?", "{2,}",
        "{0,1000}", "{99999999999}", "|", "^", "$", ".", "\n", "a", "é", "漢", "\u{0}", "*?", "((", "))", "(a|b)*",
    ]

    func check(_ input: [UInt8]) throws {
        let parts = input.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
        let source = String(decoding: parts[0], as: UTF8.self)
        let text = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : ""
        guard let pattern = try? Pattern(source) else { return }
        try require(pattern.groups >= 0, "groups")
        let matches = pattern.matches(in: text)
        try require(matches.count <= text.unicodeScalars.count + 1, "\(matches.count) matches")
        try require(pattern.firstMatch(in: text)?[0] == matches.first?[0], "two first matches")
        for match in matches {
            let whole = match[0] ?? ""
            try require(text.unicodeScalars.count >= whole.unicodeScalars.count, "a match longer than the text")
            for group in 0...pattern.groups {
                if let inner = match[group] {
                    try require(whole.contains(inner) || inner.isEmpty, "a group outside its match")
                }
            }
        }
        _ = pattern.replacing(in: text, with: "[$0$1$9$]")
        if matches.isEmpty { try require(pattern.replacing(in: text, with: "x") == text, "replaced without a match") }
        try LinearTime.check(Array(text.utf8)) { _ = pattern.firstMatch(in: String(decoding: $0, as: UTF8.self)) }
    }
}
