import CrawlEngine
import Foundation

/// Matches of small expressions, held against ICU's backtracking engine.
struct PatternMatchTarget: FuzzTarget {
    static let name = "pattern-match"
    let seeds = [
        "a(b|c)*?a\nabcba", "(a|ab)(c|bcd)(d*)\nabcd", "[ab]+c?|b{1,2}\ncabab", "^a*$\naaa", "(?:a?b)??c\nabc",
        "\\bab\\B\nab abc",
    ]
    let dictionary = [
        "(", ")", "(?:", "|", "*", "+", "?", "*?", "??", "{1,2}", "{0,2}?", "[ab]", "[^a]", ".", "^", "$", "\\b", "a",
        "b", "c", "\n",
    ]
    let maximumLength = 40

    func check(_ input: [UInt8]) throws {
        let parts = input.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count <= 20, parts[0].allSatisfy(Self.syntax.contains) else { return }
        let source = String(decoding: parts[0], as: UTF8.self)
        // ICU takes a bracket inside a class for a class of its own.
        guard source.matches(of: /\[[^\]]*\[/).isEmpty, !Self.repeatsNothing(source) else { return }
        let text = String(decoding: parts[1].filter { "abc ".utf8.contains($0) }.prefix(10), as: UTF8.self)
        guard let pattern = try? Pattern(source), let other = try? NSRegularExpression(pattern: source) else { return }
        let found = pattern.firstMatch(in: text)?[0]
        let range = other.firstMatch(in: text, range: NSRange(location: 0, length: text.utf16.count))?.range
        let expected = range.flatMap { Range($0, in: text) }.map { String(text[$0]) }
        try require(
            found == expected,
            "'\(source)' on '\(text)' matches \(found.debugDescription), ICU's \(expected.debugDescription)")
    }

    /// Whether a group or an anchor that may match nothing may be repeated: of `(a|)*?b` and `a*$*?^` ICU misses matches,
    /// which Perl and Python find.
    private static func repeatsNothing(_ source: String) -> Bool {
        if source.contains(/(\^|\$|\\[bB])[*+?{]/) { return true }
        let repeated = source.matches(of: /\)([*+?]|\{[0-9,]*\})\??/)
        guard let first = repeated.first else { return false }
        let rest = source.replacing(first.output.0, with: ")", maxReplacements: 1)
        return repeated.count > 1 || rest.contains { "*?{^$\\".contains($0) }
            || ["||", "(|", "|)", "()"].contains { rest.contains($0) }
    }

    /// What means the same in both; no possessive quantifiers, sets of sets or flags.
    private static let syntax = Set("abc()|*+?{}012,[]^$.:\\bB".utf8)
}
