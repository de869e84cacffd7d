import Foundation
import Testing

@testable import CrawlEngine

@Suite struct CleanTextTests {
    @Test(
        "a text is stored in NFC",
        arguments: [
            "Cafe\u{301}", "Cafe\u{301} カ\u{3099}キ", "\u{1100}\u{1161}\u{11A8}", "가\u{11A8}", "が\u{304B}\u{3099}",
            "\u{212B}",
            "a\u{2000}b\u{2001}c", "ﾊ\u{3099}", "é “…” 進撃の巨人 한국 ！", "a\u{323}\u{307}", "\u{F900}",
        ])
    func composed(text: String) {
        let clean = CleanText.clean(text)
        #expect(Array(clean.unicodeScalars) == Array(clean.precomposedStringWithCanonicalMapping.unicodeScalars))
        #expect(clean == text)
    }

    @Test("no scalar of a block that is taken for composed composes with another, or decomposes")
    func blocks() {
        for value in UInt32(0xA0)...0xFFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let pair = "x\(scalar)y\(scalar)z"
            let (clean, right) = (CleanText.clean(pair), pair.precomposedStringWithCanonicalMapping)
            guard !isInvisible(scalar), Array(clean.unicodeScalars) != Array(right.unicodeScalars) else { continue }
            Issue.record("U+\(String(value, radix: 16))")
        }
    }

    private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        ["\u{AD}", "\u{200B}", "\u{2060}", "\u{FEFF}"].contains(scalar)
    }

    @Test(
        "what nobody sees is left out; joiners of letters and emoji are meant",
        arguments: [
            ("Mille-Feuille\u{200B}!", "Mille-Feuille!"), ("weekend\u{2060}—with", "weekend—with"),
            ("co\u{AD}operate", "cooperate"), ("\u{FEFF}Mio", "Mio"), ("Mio\u{0}\u{7F}\u{85}", "Mio"),
            ("👨\u{200D}👩", "👨\u{200D}👩"), ("می\u{200C}روم", "می\u{200C}روم"), ("a\tb\nc", "a\tb\nc"),
        ])
    func invisible(text: String, expected: String) {
        #expect(Array(CleanText.clean(text).unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test("letters are composed, and white space at the ends goes")
    func ends() {
        #expect(Array(CleanText.clean("\u{A0} Cafe\u{301}\u{3000}").unicodeScalars) == Array("Café".unicodeScalars))
    }
}
