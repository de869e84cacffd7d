import WebStandards

/// Matching paths against rules, held against a plain matcher that tries everything.
///
/// The first line is the path; each further line is a rule that allows (when it starts with `+`) or disallows. Only characters that
/// escaping leaves alone take part: what escapes mean is the suites' business.
struct RobotsMatchTarget: FuzzTarget {
    static let name = "robots-match"
    let seeds = [
        "/a/b/c.html?d=e\n+/a\n/a/b\n+/a/*/c\n/*.html$", "/aaaaaaaaab\n/*a*a*a*b\n+/a*$\n/a",
        "/fish.asp\n/*.php$\n+/fish*\n/$",
        "/\n/\n+/$\n+*\n$", "/x$y\n/x$y\n+/x*y$",
    ]
    let dictionary = ["*", "**", "$", "*$", "$*", "/", "\n+", "\n", "\n/", "a", "aa", "ab*", "*a", "/*/", ".html"]

    private struct Rule {
        let isAllow: Bool
        let pattern: [UInt8]
    }

    func check(_ input: [UInt8]) throws {
        let lines = input.map { Self.plain.contains($0) ? $0 : UInt8(ascii: "a") }
            .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        // A star or dollar in a path is written as an escape when rules are matched, so none stands here.
        let path = [UInt8(ascii: "/")] + lines[0].filter { !"*$+".utf8.contains($0) }.prefix(40)
        let rules = lines.dropFirst().prefix(24).map { line in
            let isAllow = line.first == UInt8(ascii: "+")
            return Rule(isAllow: isAllow, pattern: Array((isAllow ? line.dropFirst() : line).prefix(24)))
        }
        .filter { rule in
            // A dollar that is not at the end is a plain one, which is written as an escape too.
            !rule.pattern.isEmpty && !rule.pattern.dropLast().contains(UInt8(ascii: "$"))
                && "/*".utf8.contains(rule.pattern[0])
        }
        var text = "User-agent: *\n"
        for rule in rules {
            text += (rule.isAllow ? "Allow: " : "Disallow: ") + String(decoding: rule.pattern, as: UTF8.self) + "\n"
        }
        let target = String(decoding: path, as: UTF8.self)
        guard target != "/robots.txt" else { return }
        let expected = Self.isAllowed(path, rules)
        let found = RobotsFile(text).rules(forAgent: "x").isAllowed(target: target)
        try require(found == expected, "\(target) is \(found ? "" : "dis")allowed by:\n\(text)")
    }

    private static let plain = Set("\nabcdefghijklmnopqrstuvwxyz0123456789/.-_?=&*$+".utf8)

    /// The longest matching rule decides; of two equally long ones, the allowing one.
    private static func isAllowed(_ path: [UInt8], _ rules: [Rule]) -> Bool {
        let matching = rules.filter { matches(path[...], $0.pattern[...]) }
        guard let longest = matching.map(\.pattern.count).max() else { return true }
        return matching.contains { $0.pattern.count == longest && $0.isAllow }
    }

    /// Every way to match, remembered by how much of both is left.
    private static func matches(_ path: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
        let (path, pattern) = (Array(path), Array(pattern))
        let isAnchored = pattern.last == UInt8(ascii: "$")
        let body = isAnchored ? Array(pattern.dropLast()) : pattern
        // reached[i]: the rules so far can have taken i bytes of the path.
        var reached = [Bool](repeating: false, count: path.count + 1)
        reached[0] = true
        for byte in body {
            var next = [Bool](repeating: false, count: path.count + 1)
            if byte == UInt8(ascii: "*") {
                var any = false
                for index in reached.indices {
                    any = any || reached[index]
                    next[index] = any
                }
            } else {
                for index in path.indices where reached[index] && path[index] == byte { next[index + 1] = true }
            }
            reached = next
        }
        return isAnchored ? reached[path.count] : reached.contains(true)
    }
}
