import Testing

@testable import CrawlEngine

@Suite("PatternLiterals")
struct PatternLiteralsTests {
    /// Long enough to be worth a look.
    private static let padding = String(repeating: "Nothing of note, 12 3. ", count: 4)

    private func mayBe(_ pattern: String, in text: String) throws -> Bool? {
        var text = Self.padding + text + Self.padding
        return try Pattern(pattern).program.literals.map { literals in text.withUTF8(literals.mayBe) }
    }

    @Test(
        "a text without any of the literals is passed over",
        arguments: [
            "source", "(?i)источник|source", "(?i)SOURCES?:", "(?:red|green)ish", #"\d+ of them"#, "x{0,3}(?:abc|de)+",
            "(?i)[\\[{](?:source|quelle)",
        ])
    func passedOver(pattern: String) throws { #expect(try mayBe(pattern, in: "") == false) }

    @Test(
        "a text with one of them is tried, in any case where case does not count",
        arguments: [
            ("source", "the source is"), ("(?i)SOURCES?:", "SoUrCe:"), ("(?:red|green)ish", "greenish"),
            (#"\d+ of them"#, "3 of them"), ("(?i)[\\[{](?:source|quelle)", "{QUELLE"), ("出典|written", "出典"),
            ("(?i)источник|source", "ИСТОЧНИК"),
        ])
    func tried(pattern: String, text: String) throws {
        #expect(try mayBe(pattern, in: text) == true)
        #expect(try Pattern(pattern).firstMatch(in: Self.padding + text) != nil)
    }

    @Test(
        "nothing is required where a match can do without, or have a form that is not looked for",
        arguments: ["a*", "(?:abc)?", "abc|d*", "[a-z]+", ".", "x", "(?i)[äb]|q", "[\u{D7FB}-\u{FFFD}]x", "[^a]"])
    func nothing(pattern: String) throws { #expect(try mayBe(pattern, in: "") == nil) }

    @Test("a pattern finds the same whether or not it looks for its literals first")
    func same() throws {
        let texts = ["Sources: ANN", "a greenish thing", "10 of them", "abcde", "QUELLE", "deabc", "источник"]
        for source in [
            "(?i)sources?:", "(?:red|green)ish", #"\d+ of them"#, "x{0,3}(?:abc|de)+", "(?i)quelle|источник",
        ] {
            let pattern = try Pattern(source)
            for text in texts.map({ Self.padding + $0 + Self.padding }) {
                let scalars = Array(text.unicodeScalars)
                var machine = PatternMachine(program: pattern.program, text: scalars)
                #expect((pattern.firstMatch(in: text) == nil) == (machine.run(from: 0) == nil), "\(source) in \(text)")
            }
        }
    }
}
