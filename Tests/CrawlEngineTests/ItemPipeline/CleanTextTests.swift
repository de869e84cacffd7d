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
            guard scalar != "\u{FEFF}", Array(clean.unicodeScalars) != Array(right.unicodeScalars) else { continue }
            Issue.record("U+\(String(value, radix: 16))")
        }
    }
}
