import Testing
import WebStandards

@testable import CrawlEngine

@Suite("Conversions")
struct ConversionTests {
    @Test(
        "periods are as precise as stated",
        arguments: [
            ("Apr 3, 1998 to Apr 24, 1999", "1998-04-03", "1999-04-24"),
            ("Jul  8, 2012 to Dec  23, 2012", "2012-07-08", "2012-12-23"),
            ("Apr 3, 1998 to ?", "1998-04-03", nil), ("Dec 2001", "2001-12", nil),
            ("Dec, 2001 to 2003", "2001-12", "2003"), ("1998", "1998", nil),
            ("1998 to 1999", "1998", "1999"), ("? to 1999", nil, "1999"),
            ("2009 - 2010", "2009", "2010"), ("2009-04-05 – 2010-01-01", "2009-04-05", "2010-01-01"),
            ("2009-04 to 2010-05", "2009-04", "2010-05"), ("2009-04-05T10:00:00Z", "2009-04-05", nil),
            ("5 Apr 2009", "2009-04-05", nil), ("24 May, 2009", "2009-05-24", nil), ("Apr  5,2009", "2009-04-05", nil),
            ("2009/04/05", "2009-04-05", nil), ("Feb 29, 2023", "2023-02", nil), ("Feb 29, 2024", "2024-02-29", nil),
            ("Episode 1999, Apr 5, 2009", "2009-04-05", nil), ("2009-13-01", "2009", nil), ("Spring 2009", "2009", nil),
        ] as [(String, String?, String?)])
    func periods(text: String, from: String?, to: String?) throws {
        let period = try #require(DateText.period(text))
        #expect(period["from"]?.stringValue == from)
        #expect(period["to"]?.stringValue == to)
        #expect(period["text"] == .string(text))
    }

    @Test("no date is no period", arguments: ["Not available", "?", "", "Summer"])
    func noPeriod(text: String) {
        #expect(DateText.period(text) == .none)
    }

    @Test("seconds since 1970 become a time in UTC")
    func timestamps() {
        #expect(DateText.timestamp(1_249_947_791) == "2009-08-10T23:43:11Z")
        #expect(DateText.timestamp(951_782_400) == "2000-02-29T00:00:00Z")
        #expect(DateText.timestamp(0) == nil)
    }

    @Test(
        "lengths are seconds",
        arguments: [
            ("24 min. per ep.", 1_440), ("24 min. per episode", 1_440), ("1 hr. 46 min.", 6_360), ("45 sec.", 45),
            ("2 hr.", 7_200), ("Unknown", nil), ("PT24M", 1_440), ("PT1H46M30S", 6_390), ("1h46m", 6_360),
            ("1.5 hours", 5_400), ("12 ep. x 24 min", 1_440), ("25", nil), ("24 miles", nil), ("1234567 min", nil),
            ("1,440 min", 86_400), ("24-25 min", 1_500), ("P1DT2H", 93_600),
            ("12.3456 min", nil),
        ] as [(String, Int64?)])
    func durations(text: String, seconds: Int64?) {
        #expect(DurationText.seconds(text) == seconds)
    }

    @Test(
        "songs are taken apart as far as possible",
        arguments: [
            (
                #"#1: "crossing field" by LiSA (eps 2-14)"#, #""crossing field" by LiSA (eps 2-14)"#, 1,
                "crossing field", "LiSA", "2-14"
            ),
            (#"1: "H.T." by Tsuneo Imahori"#, #""H.T." by Tsuneo Imahori"#, 1, "H.T.", "Tsuneo Imahori", nil),
            (
                #""Yume Sekai (ユメセカイ)" by Haruka"#, #""Yume Sekai (ユメセカイ)" by Haruka"#, nil, "Yume Sekai (ユメセカイ)",
                "Haruka", nil
            ),
            (
                #"#R2: "Kaze" by Inoue Joe (Yorinuki eps 10-26)"#, #""Kaze" by Inoue Joe (Yorinuki eps 10-26)"#, 2,
                "Kaze", "Inoue Joe", "Yorinuki eps 10-26"
            ),
            (#"#20 "Hope" by N (eps 8-)"#, #"#20 "Hope" by N (eps 8-)"#, 20, "Hope", "N", "8-"),
            (#""Hinata" (日向) by T"#, #""Hinata" (日向) by T"#, nil, "Hinata (日向)", "T", nil),
            (#""Kage" (影) - T"#, #""Kage" (影) - T"#, nil, "Kage (影)", "T", nil),
            (#""Sora (空) by A"#, #""Sora (空) by A"#, nil, "Sora (空)", "A", nil),
            ("''Ai'' by B (ep 25)", "''Ai'' by B (ep 25)", nil, "Ai", "B", "25"),
            (#""T" by A (eps 1-)"#, #""T" by A (eps 1-)"#, nil, "T", "A", "1-"),
            (#""T""#, #""T""#, nil, "T", nil, nil),
            ("Song by Band (episodes 1-13)", "Song by Band (episodes 1-13)", nil, "Song", "Band", "1-13"),
            (#""T" by A (eps 1-12) (TV)"#, #""T" by A (eps 1-12) (TV)"#, nil, "T", "A", "1-12"),
            (#""T" by A (eps 1-12)(BD)"#, #""T" by A (eps 1-12)(BD)"#, nil, "T", "A", "1-12"),
            (#""T" by A (eps 1-12) (ep 24)"#, #""T" by A (eps 1-12) (ep 24)"#, nil, "T", "A", "1-12, 24"),
            (#""T" by A [eps 1-12]"#, #""T" by A [eps 1-12]"#, nil, "T", "A", "1-12"),
            (#""T" by A eps 1-13"#, #""T" by A eps 1-13"#, nil, "T", "A", "1-13"),
            (#"OP1: "T" by A"#, #""T" by A"#, 1, "T", "A", nil), (#"ED 2: "T""#, #""T""#, 2, "T", nil, nil),
            (#""T" performed by A"#, #""T" performed by A"#, nil, "T", "A", nil),
            ("T sung by A (ep 3)", "T sung by A (ep 3)", nil, "T", "A", "3"),
            ("Stand by Me by X", "Stand by Me by X", nil, "Stand by Me", "X", nil),
            (#""T" (by A (B))"#, #""T" (by A (B))"#, nil, "T", "A (B)", nil),
            ("『T』 by A", "『T』 by A", nil, "T", "A", nil), (#""『T』" by A"#, #""『T』" by A"#, nil, "T", "A", nil),
        ] as [(String, String, Int64?, String, String?, String?)])
    func songs(text: String, line: String, number: Int64?, title: String, artist: String?, episodes: String?) throws {
        let song = try #require(Song(text))
        #expect(song.line == line)
        #expect(song.number == number)
        #expect(song.title == title)
        #expect(song.artist == artist)
        #expect(song.episodes == episodes)
    }

    @Test(
        "the Japanese title stands in the last brackets with Japanese script",
        arguments: [
            (#""Umi (海)" by A"#, "海"), (#""Umi (TV ver.) (海)" by A"#, "海"), (#""海の音" by A"#, "海の音"),
            (#""Umi" by A"#, nil),
            (#""Sora（空）" by A (ep 1)"#, "空"), (#""宇宙(そら)" by A"#, "そら"), (#""Umi (Sea)" by A (あ)"#, nil),
        ] as [(String, String?)])
    func japaneseTitles(text: String, title: String?) {
        #expect(Song(text)?.value(kind: .opening)["title_japanese"]?.stringValue == title)
    }

    @Test(
        "attributions leave the text",
        arguments: [
            ("A story.\n\n[Written by MAL Rewrite]", "A story.", "MAL Rewrite"),
            ("A story.\n\n(Source: ANN)", "A story.", "ANN"),
            ("A.\n(Source: Funimation (edited))\n\nNote: B.", "A.\n\nNote: B.", "Funimation (edited)"),
            ("A (source of power).", "A (source of power).", nil),
            ("A story.\n\n[Writtten by MAL Rewrite]", "A story.", "MAL Rewrite"),
            ("A story.\n\n(written by MAL Rewrite)", "A story.", "MAL Rewrite"),
            ("A story. [Source: AniDB]", "A story.", "AniDB"),
            ("A story.\n\n(Source: ANN", "A story.", "ANN"),
            ("A story.\n\n(Source ANN)", "A story.", "ANN"),
            ("A story.\n\n(source: official site, edited)", "A story.", "official site, edited"),
            ("A story.\n\nSource: Crunchyroll", "A story.", "Crunchyroll"),
            ("A story.\n~ Source: Wikipedia", "A story.", "Wikipedia"),
            ("A story. Source: ANN", "A story.", "ANN"),
            ("A story.\n\nWritten by MAL Rewrite", "A story.", "MAL Rewrite"),
            ("Eine Geschichte.\n\n(Quelle: aniSearch)", "Eine Geschichte.", "aniSearch"),
            ("Una historia.\n(Fuente: Crunchyroll)", "Una historia.", "Crunchyroll"),
            ("話。（出典: 公式）", "話。（出典: 公式）", nil),
            ("話。\n(出典：公式)", "話。", "公式"),
            ("A.\n(Source: ANN)\n[Written by MAL Rewrite]", "A.", "ANN; MAL Rewrite"),
            ("Their source: a well. It dried.", "Their source: a well. It dried.", nil),
            ("A book written by his father is the key.", "A book written by his father is the key.", nil),
            (
                "It follows the novel (written by Reki Kawahara) about swords.",
                "It follows the novel (written by Reki Kawahara) about swords.", nil
            ),
            ("He read it (written by Ann).", "He read it (written by Ann).", nil),
            ("He read it (written by Ann)", "He read it (written by Ann)", nil),
            ("Everyone (source: rumors) knows it.", "Everyone (source: rumors) knows it.", nil),
            ("It has one last power source: the sun.", "It has one last power source: the sun.", nil),
            ("They left.\nWritten by his father, it opens.", "They left.\nWritten by his father, it opens.", nil),
            ("They left. (From then on, all was well)", "They left. (From then on, all was well)", nil),
            ("A. [Written by MAL Rewrite] B.", "A. B.", "MAL Rewrite"),
            ("A story.\n\n[Written by MAL Rewrite", "A story.", "MAL Rewrite"),
            ("A story. {Source: ANN}", "A story.", "ANN"),
            ("A story. (Adapted from ANN)", "A story.", "ANN"), ("A tale (Adapted from ANN)", "A tale", "ANN"),
            ("A story. (Translated from AniDB)", "A story.", "AniDB"),
            ("A story.\n(taken from VIZ)", "A story.", "VIZ"), ("A story. (From ANN)", "A story.", "ANN"),
            ("A story.\n(Synopsis by Ann)\nB.", "A story.\n\nB.", "Ann"),
            ("A story. (Summary by Ann)", "A story.", "Ann"), ("A story. (Description by Ann)", "A story.", "Ann"),
            ("A story. (Source: MU) (edited)", "A story.", "MU (edited)"),
            ("A story. (Source: MU) Note: B.", "A story.\nNote: B.", "MU"),
            ("A story.\n~ Source: ANN ~", "A story.", "ANN"),
            ("A story.\n\n-Source: Wikipedia-", "A story.", "Wikipedia"),
            ("A story. -Source: Wikipedia-", "A story.", "Wikipedia"),
            ("A (Source: X) (Source: Y)", "A", "X; Y"),
        ] as [(String, String, String?)])
    func attributions(text: String, rest: String, source: String?) {
        let attribution = Attribution(of: text)
        #expect(attribution.text == rest)
        #expect(attribution.source == source)
    }

    @Test("one date over 12 tells the order of the whole list")
    func shortDates() {
        let context = ConversionContext(base: WebURL("https://a.example/")!) { $0 == "more" ? ["31-01-10"] : .none }
        let rows: [JSONValue] = [
            ["s": "02-03-07"], ["s": "13-04-07"], ["s": "00-00-07"], ["s": .null], ["s": "00-05-98"],
        ]
        let converted = ShortDates(fields: ["s"], evidence: nil).convert(rows, in: context)
        #expect(converted == [["s": "2007-03-02"], ["s": "2007-04-13"], ["s": "2007"], ["s": .null], ["s": "1998-05"]])
        let months = ShortDates(fields: ["s"], evidence: nil).convert([["s": "02-03-07"]], in: context)
        #expect(months == [["s": "2007-02-03"]])
        let helped = ShortDates(fields: ["s"], evidence: "more").convert([["s": "02-03-07"]], in: context)
        #expect(helped == [["s": "2007-03-02"]])
    }

    @Test(
        "images lose thumbnail size and signature",
        arguments: [
            ("https://cdn.x/r/96x136/images/anime/12/82901.webp?s=b155", "https://cdn.x/images/anime/12/82901.webp"),
            ("/images/a.jpg?s=1", "https://base.example/images/a.jpg"),
            ("https://cdn.x/r/big/a.jpg", "https://cdn.x/r/big/a.jpg"),
            ("javascript:alert(1)", nil),
        ] as [(String, String?)])
    func images(text: String, expected: String?) throws {
        #expect(ImageURL.original(text, base: try #require(WebURL("https://base.example/p"))) == expected)
    }

    @Test(
        "numbers may have thousands separators",
        arguments: [
            ("1,234", 1_234), ("12,34", nil), ("-5", -5), ("", nil), ("1 2", nil), ("1,234,567", 1_234_567),
            ("abc", nil),
        ] as [(String, Int64?)])
    func integers(text: String, expected: Int64?) {
        #expect(NumberText.int(.string(text)) == expected)
    }

    @Test(
        "doubles have a point",
        arguments: [("8.92", 8.92), ("7", 7), ("1,234.5", 1_234.5), ("8.", nil), ("N/A", nil)] as [(String, Double?)])
    func doubles(text: String, expected: Double?) {
        #expect(NumberText.double(.string(text)) == expected)
    }
}
