@testable import CrawlEngine
import Testing

@Suite struct CleanTextTests {
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
    func composed() {
        #expect(Array(CleanText.clean("\u{A0} Cafe\u{301}\u{3000}").unicodeScalars) == Array("Café".unicodeScalars))
    }
}
