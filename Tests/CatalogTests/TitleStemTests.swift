import Catalog
import Testing

@Suite struct TitleStemTests {
    @Test(
        "numbers, kinds and subtitles are no part of a stem",
        arguments: [
            ("Star Ferry 2nd Season", "star ferry"), ("Star Ferry II", "star ferry"), ("Star Ferry (TV)", "star ferry"),
            ("Star Ferry: The Movie", "star ferry"), ("Star Ferry Movie 3: The Last Harbour", "star ferry"),
            ("Gekijouban Star Ferry", "star ferry"), ("Star Ferry - Prologue", "star ferry"),
            ("Star Ferry The Final Season Part 2", "star ferry"), ("Star Ferry 2015", "star ferry"),
            ("Owl's Nest Specials", "owls nest"), ("86", "86"), ("Season", "season"), ("X: Movie", "x"), ("★", ""),
        ])
    func stems(title: String, stem: String) { #expect(TitleStem.stem(of: title) == stem) }

    @Test(
        "titles of one stem support a relation, and one that begins with the other",
        arguments: [
            ("Star Ferry", "Star Ferry 2nd Season", true), ("Star Ferry: A", "Star Ferry: B", true),
            ("Star Ferry", "Star Ferry Returns", true), ("Star Ferry", "Star Fleet", false),
            ("Owl", "Owl Street", false), ("Owl", "Owl 2", true), ("Against Star Ferry", "Star Ferry", false),
            ("★", "★", false),
        ])
    func support(first: String, second: String, isExpected: Bool) {
        #expect(TitleStem.supports(first, second) == isExpected)
        #expect(TitleStem.supports(second, first) == isExpected)
    }
}
