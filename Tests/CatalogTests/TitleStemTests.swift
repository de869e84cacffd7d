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
            ("Star Ferry 2nd Attack", "star ferry"), ("Star Ferry Fourth Stage", "star ferry"),
            ("The Second Coming", "the second coming"),
            ("Owl's Nest Specials", "owls nest"), ("86", "86"), ("Season", "season"), ("X: Movie", "x"), ("★", ""),
        ])
    func stems(title: String, stem: String) { #expect(TitleStem.stem(of: title) == stem) }

    @Test(
        "titles agree wholly but for season, part and kind, and partly where one begins with the stem of the other",
        arguments: [
            ("Star Ferry", "Star Ferry 2nd Season", TitleStem.Agreement.whole),
            ("Star Ferry: A", "Star Ferry: B", .partial),
            ("Star Ferry: A 2", "Star Ferry: A", .whole), ("Star Ferry", "Star Ferry Returns", .partial),
            ("Star Ferry: A", "Star Ferry Returns", .partial), ("Star Ferry", "Star Fleet", .none),
            ("Owl", "Owl Street", .none), ("Owl", "Owl 2", .whole), ("Against Star Ferry", "Star Ferry", .none),
            ("★", "★", .none),
        ])
    func support(first: String, second: String, expected: TitleStem.Agreement) {
        #expect(TitleStem.agreement(of: first, second) == expected)
        #expect(TitleStem.agreement(of: second, first) == expected)
    }
}
