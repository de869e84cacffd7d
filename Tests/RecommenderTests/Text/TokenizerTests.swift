import Testing

@testable import Recommender

@Suite("Tokenizer")
struct TokenizerTests {
    private func words(_ text: String) -> [String] { Tokenizer().words(in: text) }

    @Test("words are runs of letters in lower case")
    func letters() {
        #expect(words("The YEAR 2071: Space-Cowboys, on Mars!") == ["the", "year", "space", "cowboys", "on", "mars"])
        #expect(words("") == [])
        #expect(words(" 12 … 。") == [])
    }

    @Test("Latin letters lose their marks")
    func marks() {
        #expect(words("Pokémon in Kyōto, Ærø, Straße, ŁÓDŹ") == ["pokemon", "in", "kyoto", "aero", "strasse", "lodz"])
    }

    @Test("letters of other scripts separate words")
    func otherScripts() {
        #expect(words("勇気hero勇者quest") == ["hero", "quest"])
        #expect(words("2×4÷fish") == ["fish"])
    }

    @Test("the possessive ending is cut off, typographic or not")
    func possessive() {
        #expect(words("Edward's brother’s arm") == ["edward", "brother", "arm"])
    }

    @Test("contractions keep their apostrophe, other words lose it")
    func contractions() {
        #expect(words("He'll don’t O'Brien we’ve") == ["he'll", "don't", "obrien", "we've"])
    }

    @Test("quotation marks around a word are not part of it")
    func quotation() {
        #expect(words("'hidden' ‘leaf’ villages' end'") == ["hidden", "leaf", "villages", "end"])
    }

    @Test("words of one letter and endless ones are left out")
    func lengths() {
        #expect(words("A b \(String(repeating: "a", count: 41)) zzz") == ["zzz"])
    }

    @Test("broken UTF-8 at the end of a text is no letter")
    func truncated() {
        #expect(words(String(decoding: [0x61, 0x62, 0xC3] as [UInt8], as: UTF8.self)) == ["ab"])
    }
}
