import Testing

@testable import CrawlEngine

@Suite("PatternBacktracker")
struct PatternBacktrackerTests {
    private static let patterns = [
        "a+b", "a|ab", "ab|a", "a*?b", "<.*?>", #"\d{2,3}"#, "^b", "b$", #"\bcat\b"#, #"\Bat"#, "[^a-c]+", "(?i)ÄB",
        "a{0,2}", "x?",
        #"\w+"#, "(?s)a.c", "(?m)^b$", "(?:ab)+", "(a*)*", "(a*)*b", "((a)|(b))*c", "(a|b|)*?c", "(?:(a)|b)*",
        "^(a+)+$",
        #"(\d+) of (\d+)|(none)"#, #"(?i)\(\s*(?:eps?|episodes?)\b\.?:?\s*([^()]*)\)\s*$"#, "", "a||b", "[Ѐ-ӿ]+",
        #"\s+$"#,
    ]
    private static let texts = [
        "", "a", "b", "ab", "aaab", "xaaab", "<a><b>", "1 12345", "concat cat", "abcdef", "äb ÄB", "鋼の錬金術師!", "a\nb\nc",
        "a\nc", "xababab",
        "abcabc", "cccab", "x 26 of 27 y", "none", "\"Song\" by X (eps 1-13)", "привет мир  ",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
    ]

    @Test("finds what following all ways at once finds, groups included, from every place", arguments: patterns)
    func equality(source: String) throws {
        let pattern = try Pattern(source)
        for text in Self.texts {
            let scalars = Array(text.unicodeScalars)
            for start in 0...scalars.count {
                var machine = PatternMachine(program: pattern.program, text: scalars)
                let expected = machine.run(from: start)
                let outcome = scalars.withUnsafeBufferPointer {
                    PatternBacktracker(program: pattern.program, text: $0).run(from: start)
                }
                switch outcome {
                case .found(let saved): #expect(saved == expected, "\(source) in \(text) from \(start)")
                case .nothing: #expect(expected == nil, "\(source) in \(text) from \(start)")
                case .tooLarge: Issue.record("\(source) in \(text) should fit")
                }
            }
        }
    }

    @Test("leaves long texts to the other machine, whose memory does not grow with them")
    func long() throws {
        let pattern = try Pattern("(a*)*b")
        let text = Array(repeating: Unicode.Scalar("a"), count: 100_000)
        let outcome = text.withUnsafeBufferPointer {
            PatternBacktracker(program: pattern.program, text: $0).run(from: 0)
        }
        guard case .tooLarge = outcome else {
            Issue.record("100,000 characters fit")
            return
        }
        #expect(pattern.firstMatch(in: String(repeating: "a", count: 100_000)) == nil)
    }
}
