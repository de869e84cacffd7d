import Logging
import Testing
import WebStandards

@testable import Terminal

@Suite("What is shown of texts from outside")
struct VisibleTextTests {
    static let hostile = [
        "a\n2026-01-01 error forged", "a\r\nb", "\u{1B}]0;owned\u{07}", "\u{9B}2J", "\u{85}", "a\u{2028}b\u{2029}c",
        "\u{202E}gnp",
        "\u{200D}\u{FEFF}", "\0", "\u{7F}\u{8}", "\u{E0001}tag",
    ]

    private func isQuiet(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            ![.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
        }
    }

    @Test("nothing that a terminal or a log obeys is left, and what it was can be read", arguments: hostile)
    func obeyed(text: String) {
        let line = VisibleText.line(text)
        #expect(isQuiet(line) && line.contains("\\u{"))
        #expect(VisibleText.line(line) == line, "shown twice it is the same")
    }

    @Test("other text is as it was", arguments: ["", "plain", "é 日本語 %n %s", "\\u{1b}", "a b"])
    func plain(text: String) {
        #expect(VisibleText.line(text) == text && VisibleText.json(text) == text)
    }

    @Test("a long text is cut, and says so")
    func cut() {
        #expect(VisibleText.line("abcdef", limit: 3) == "abc…")
        #expect(VisibleText.line("日本語", limit: 3) == "日本語")
        #expect(VisibleText.line(String(repeating: "x", count: 1 << 20), limit: 2_000).unicodeScalars.count == 2_001)
    }

    @Test("JSON says the same as before", arguments: hostile)
    func json(text: String) throws {
        let value = JSONValue.object(["k\(text)": .string(text)])
        let shown = VisibleText.json(value.serialized())
        #expect(isQuiet(shown))
        #expect(try JSONValue(parsing: shown) == value)
    }

    @Test("a log event with hostile message and metadata is one line", arguments: hostile)
    func log(text: String) {
        var handler = LineLogHandler()
        handler.metadata["detail"] = "\(text)"
        let event = LogEvent(
            level: .warning, message: "\(text)", error: nil, metadata: ["url": .array(["\(text)"])], source: "",
            file: "",
            function: "", line: 0)
        let line = VisibleText.line(handler.text(of: event), limit: Console.maximumNote)
        #expect(isQuiet(line) && line.hasPrefix("warning "))
    }
}
