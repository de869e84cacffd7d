import Testing

@testable import CrawlEngine

@Suite("Pattern")
struct PatternTests {
    @Test(
        "finds the leftmost, preferred match",
        arguments: [
            ("a+b", "xaaab", "aaab"), ("a|ab", "ab", "a"), ("ab|a", "ab", "ab"), ("a*?b", "aab", "aab"),
            ("<.*>", "<a><b>", "<a><b>"),
            ("<.*?>", "<a><b>", "<a>"), (#"\d{2,3}"#, "1 12345", "123"), (#"\d{2}"#, "1 12345", "12"),
            ("^b", "ab", nil), ("b$", "ab", "b"),
            (#"\bcat\b"#, "concat cat", "cat"), ("[^a-c]+", "abcdef", "def"), ("[]a]+", "x]a", "]a"),
            ("(?i)ÄB", "äb", "äb"),
            (#"[\d,]+"#, "#1,234 x", "1,234"), ("a{0,2}", "aaa", "aa"), ("x?", "abc", ""),
            (#"\w+"#, "鋼の錬金術師!", "鋼の錬金術師"), ("a.c", "a\nc", nil),
            ("(?s)a.c", "a\nc", "a\nc"), ("(?m)^b$", "a\nb\nc", "b"), ("(?:ab)+", "xababab", "ababab"),
            (#"\[x\]"#, "[x]", "[x]"),
        ] as [(String, String, String?)])
    func matches(pattern: String, text: String, expected: String?) throws {
        #expect(try Pattern(pattern).firstMatch(in: text)?[0] == expected)
    }

    @Test("groups capture what they matched, and nothing when they took no part")
    func groups() throws {
        let match = try #require(try Pattern(#"(\d+) of (\d+)|(none)"#).firstMatch(in: "x 26 of 27 y"))
        #expect(match[1] == "26")
        #expect(match[2] == "27")
        #expect(match[3] == nil)
        #expect(match[9] == nil)
        #expect(match.value == "26")
    }

    @Test("all matches, and replacing with groups")
    func replacing() throws {
        let pattern = try Pattern(#"(\w)(\d)"#)
        #expect(pattern.matches(in: "a1 b2 c").compactMap { $0[0] } == ["a1", "b2"])
        #expect(pattern.replacing(in: "a1 b2 c", with: "$2$1$$") == "1a$$ 2b$$ c")
        #expect(try Pattern("x*").replacing(in: "axb", with: "-") == "-a--b-")
    }

    @Test("time stays linear on texts made against backtracking", .timeLimit(.minutes(1)))
    func hostile() throws {
        let text = String(repeating: "a", count: 20_000) + "!"
        #expect(try Pattern("^(a+)+$").matches(in: text).isEmpty)
        #expect(try Pattern("^(a|a)*b").matches(in: text).isEmpty)
        #expect(try Pattern("^(.*)*x").matches(in: text).isEmpty)
    }

    @Test(
        "what is not supported is refused with its place",
        arguments: [
            "(", "a)", "[a", "*a", "a{2", "a{3,2}", #"\1"#, "(?=a)", "a**", #"\q"#, "a{2000}", "(a{1000}){1000}",
        ])
    func refused(pattern: String) {
        #expect(throws: PatternError.self) { try Pattern(pattern) }
    }

    @Test("groups that nest too deep are refused")
    func deep() {
        #expect(throws: PatternError.self) {
            try Pattern(String(repeating: "(", count: 100) + "a" + String(repeating: ")", count: 100))
        }
    }
}
