import CrawlDomain
import Testing
import WebStandards

@testable import CrawlEngine

@Suite struct EntryImportTests {
    private let rig: ImportRig

    init() throws { rig = try ImportRig() }

    @Test("the data set of 2016: 'rating' is the mean score, names have entities, unknown numbers are none")
    func kaggle2016() throws {
        let entries = try rig.entries(
            """
            anime_id,name,genre,type,episodes,rating,members
            32,Star &amp; Ferry&#039;s,"Drama, Space",Movie,1,9.37,2006
            33,Far Dog,,TV,Unknown,,12

            """)
        let (first, second) = (entries[0].fields, entries[1].fields)
        #expect(first["_id"] == "myanimelist:32")
        #expect(first["title"] == "Star & Ferry's")
        #expect(first["genres"] == ["Drama", "Space"])
        #expect(first["score"] == 9.37)
        #expect(first["rating"] == .null)
        #expect(first["members"] == 2006)
        #expect(first["url"] == "https://myanimelist.net/anime/32")
        #expect(second["episodes"] == .null)
        #expect(second["score"] == .null)
        #expect(second["genres"] == [])
    }

    @Test("the data set of 2020: synopsis beside it in another file; counts by score and by state")
    func kaggle2020() throws {
        let header =
            "MAL_ID,Name,Score,Genres,English name,Japanese name,Type,Episodes,Aired,Premiered,Producers,Licensors,Studios,Source,Duration,Rating,Ranked,Popularity,Members,Favorites,Watching,Completed,On-Hold,Dropped,Plan to Watch,"
            + (1...10).reversed().map { "Score-\($0)" }.joined(separator: ",")
        let row =
            "7,Star Ferry,8.5,\"Space, Drama\",The Star Ferry,スター,TV,26,\"Apr 3, 2004 to Apr 24, 2005\",Spring 2004,Unknown,Harbour,\"Pier, Dock\",Original,24 min. per ep.,R - 17+ (violence & profanity),28.0,39,1000,61,10,20,30,40,50,"
            + (1...10).reversed().map { "\($0 * 100).0" }.joined(separator: ",")
        let fields = try #require(try rig.entries("\(header)\n\(row)\n").first?.fields)
        #expect(fields["score"] == 8.5)
        #expect(fields["rating"] == "R - 17+ (violence & profanity)")
        #expect(fields["aired"] == ["from": "2004-04-03", "to": "2005-04-24", "text": "Apr 3, 2004 to Apr 24, 2005"])
        #expect(fields["duration_seconds"] == 1440)
        #expect(fields["producers"] == [])
        #expect(fields["studios"] == ["Pier", "Dock"])
        #expect(fields["rank"] == 28)
        #expect(fields["title_japanese"] == "スター")
        #expect(fields["status_counts"]?["on_hold"] == 30)
        #expect(fields["score_counts"]?.arrayValue?.count == 10)
        #expect(fields["score_counts"]?[0] == ["score": 1, "votes": 100])

        let synopses = try rig.entries(
            "MAL_ID,Name,Score,Genres,sypnopsis\n7,Star Ferry,8.5,Space,A ferry.\n8,Far Dog,Unknown,Unknown,No synopsis information has been added to this title. Help improve our database.\n"
        )
        #expect(synopses.map { $0.fields["synopsis"] } == ["A ferry.", .null])
        #expect(synopses[1].fields["score"] == .null)
    }

    @Test("the data set of 2023, whose unknown is in capitals")
    func kaggle2023() throws {
        let fields = try #require(
            try rig.entries(
                """
                anime_id,Name,English name,Other name,Score,Genres,Synopsis,Type,Episodes,Aired,Premiered,Status,Producers,Licensors,Studios,Source,Duration,Rating,Rank,Popularity,Favorites,Scored By,Members,Image URL
                7,Star Ferry,UNKNOWN,スター,8.5,"Space",A ferry.,TV,26.0,"Apr 3, 2004",spring 2004,Finished Airing,UNKNOWN,UNKNOWN,Pier,Original,24 min per ep,PG-13 - Teens 13 or older,41.0,43,78,914193.0,177,https://img.example/a.jpg

                """
            ).first?.fields)
        #expect(fields["title_english"] == .null)
        #expect(fields["title_japanese"] == "スター")
        #expect(fields["episodes"] == 26)
        #expect(fields["premiered"] == "Spring 2004")
        #expect(fields["scored_by"] == 914_193)
        #expect(fields["status"] == "Finished Airing")
        #expect(fields["img_url"] == "https://img.example/a.jpg")
    }

    @Test("lists as Python writes them")
    func pythonLists() throws {
        let fields = try #require(
            try rig.entries(
                """
                uid,title,synopsis,genre,aired,episodes,members,popularity,ranked,score,img_url,link
                7,Star Ferry,A ferry.,"['Space', ""Sailor's"", 'Slice of Life']",Oct 2004,12,10,3,5,8.1,https://img.example/a.jpg,https://myanimelist.net/anime/7/Star_Ferry

                """
            ).first?.fields)
        #expect(fields["genres"] == ["Space", "Sailor's", "Slice of Life"])
        #expect(fields["url"] == "https://myanimelist.net/anime/7/Star_Ferry")
        #expect(fields["aired"]?["from"] == "2004-10")
    }

    @Test("what a data set does not have is left as it is stored; an address that was made up only fills")
    func leaves() throws {
        let item = try #require(try rig.entries("mal_id,title,members\n7,Star Ferry,5\n").first)
        let stored: JSONObject = [
            "_id": "myanimelist:7", "title": "Ferry", "url": "https://myanimelist.net/anime/7/Ferry",
            "synopsis": "Long.", "genres": ["Space"], "members": 4, "adult": true,
        ]
        let merged = item.fields(over: stored)
        #expect(merged["title"] == "Star Ferry")
        #expect(merged["members"] == 5)
        #expect(merged["synopsis"] == "Long.")
        #expect(merged["genres"] == ["Space"])
        #expect(merged["url"] == "https://myanimelist.net/anime/7/Ferry")
        #expect(merged["adult"] == true)

        let kept = try #require(try rig.entries("mal_id,title,source\n7,Star Ferry,Manga\n", keepsStored: true).first)
        #expect(kept.fields(over: stored)["title"] == "Ferry")
        #expect(kept.fields(over: stored)["source"] == "Manga")
    }

    @Test(
        "anime-offline-database: one entry per anime of its first known site; others are stated as the same; relations join nothing"
    )
    func offlineDatabase() throws {
        let text = """
            {"license": {"name": "L"}, "repository": "data", "data": [
              {"sources": ["https://anidb.net/anime/7", "https://myanimelist.net/anime/1", "https://www.anime-planet.com/anime/star-ferry", "https://elsewhere.example/anime/1"],
               "title": "Star Ferry", "type": "MOVIE", "episodes": 1, "status": "ONGOING", "animeSeason": {"season": "SPRING", "year": 2004},
               "picture": "https://img.example/a.jpg", "thumbnail": "https://img.example/t.jpg", "duration": {"value": 1440, "unit": "SECONDS"},
               "score": {"arithmeticMean": 7.1}, "synonyms": ["Ferry ]}, \\"x\\""], "relatedAnime": ["https://myanimelist.net/anime/2"],
               "tags": ["action", "space opera", "seinen"]},
              {"sources": ["https://kitsu.app/anime/9"], "title": "Far Dog", "type": "UNKNOWN", "episodes": 0, "status": "UNKNOWN", "animeSeason": {"season": "UNDEFINED"}, "synonyms": [], "tags": []}
            ]}
            """
        let entries = try rig.entries(text)
        #expect(entries.map(\.key) == ["myanimelist:1", "kitsu:9"])
        let fields = entries[0].fields
        #expect(fields["type"] == "Movie")
        #expect(fields["status"] == "Currently Airing")
        #expect(fields["premiered"] == "Spring 2004")
        #expect(fields["genres"] == ["Action"])
        #expect(fields["themes"] == ["Space opera"])
        #expect(fields["demographics"] == ["Seinen"])
        #expect(fields["related"] == [])
        #expect(fields["score"] == .null)
        #expect(fields["title_synonyms"] == ["Ferry ]}, \"x\""])
        #expect(
            fields["external_ids"]?.arrayValue?.compactMap { $0["site"]?.stringValue } == ["anidb", "anime-planet"])
        #expect(entries[1].fields["episodes"] == .null)
        #expect(
            try rig.entries(text, everySite: true).map(\.key) == [
                "myanimelist:1", "anidb:7", "anime-planet:star-ferry", "kitsu:9",
            ])
        // Second-hand: nothing that is stored is replaced, and relations with a kind stay.
        let stored: JSONObject = ["title": "Star Ferry!", "related": [["relation": "Sequel"]]]
        #expect(entries[0].fields(over: stored)["title"] == "Star Ferry!")
        #expect(entries[0].fields(over: stored)["related"] == [["relation": "Sequel"]])
    }

    @Test("a document of our own export is stored as it was, without what storing adds")
    func ownExport() throws {
        let item = try #require(try rig.entries("mal_id,title,members\n7,Star Ferry,5\n").first)
        var document = item.fields
        document["synopsis"] = "A ferry."
        let written = JSONValue.object(
            JSONObject(
                document.map { ($0.key, $0.value) } + [
                    ("content_hash", "00"), ("change", ["$numberLong": "5"]),
                    ("fetched_at", "2026-01-01T00:00:00.000Z"),
                    ("run", "r"),
                ]))
        let read = try #require(try rig.entries(written.serialized() + "\n").first)
        #expect(read.fields == document)
        #expect(read.extent == .whole)
    }

    @Test("a record without number or title is left out with the expected form, and so is another kind of file")
    func rejects() {
        let rejects = rig.rejects("mal_id,title\nx,A\n1,\n2\n")
        #expect(rejects.map(\.line) == [2, 3, 4])
        #expect(
            rejects.map(\.reason).joined(separator: "|")
                == "mal_id: expected a positive number|title: expected a text|1 fields; expected 2 as in the header")
        #expect(rejects.map { String(decoding: $0.raw, as: UTF8.self) } == ["x,A", "1,", "2"])
        #expect(rig.rejects("user_id,anime_id,rating\n1,2,3\n").first?.reason.contains("import ratings") == true)
        #expect(
            rig.rejects("{\"_id\":\"a:1\",\"site\":\"a\",\"name\":\"b\",\"list\":[]}\n").first?.reason.contains(
                "import users") == true)
        #expect(
            rig.rejects("{\"_id\":\"A\",\"themesongs\":[],\"description\":[]}\n").first?.reason.contains(
                "is not imported") == true)
    }
}
