import Catalog
import TestSupport
import Testing
import WebStandards

@Suite struct GroupingTests {
    @Test("a relation stated by one side only joins both")
    func oneSideIsEnough() throws {
        let groups = Grouping.groups(of: [try entry(1), try entry(2, related: [("Prequel", 1)]), try entry(3)])
        #expect(groups.map { $0.map(\.id) } == [[1, 2], [3]])
    }

    @Test(
        "relations that lead into other works do not join",
        arguments: [
            "Character", "Other", "Spin-off", "Alternative setting", "Crossover", "Other Franchise", "Gathering",
        ])
    func looseRelations(relation: String) throws {
        let groups = Grouping.groups(of: [try entry(1), try entry(2, related: [(relation, 1)])])
        #expect(groups.count == 2)
    }

    @Test(
        "relations are read as sites write them",
        arguments: [
            "Sequel (TV)", "SIDE_STORY", "parent story", " Full Story ", "PARENT", "ALTERNATIVE", "COMPILATION",
            "Omake",
            "Recap", "Movie", "Special", "Remake", "prequel",
        ])
    func spellings(relation: String) throws {
        let groups = Grouping.groups(of: [try entry(1), try entry(2, related: [(relation, 1)])])
        #expect(groups.count == 1)
    }

    @Test("whatever may join is asked of the database", arguments: RelationKind.allCases)
    func pattern(kind: RelationKind) throws {
        guard kind.strength != .leadsElsewhere else { return }
        let pattern = try Regex(RelationKind.pattern).ignoresCase()
        #expect(kind.rawValue.firstMatch(of: pattern) != nil)
        for spelling in RelationKind.spellings where RelationKind(stated: spelling) == kind {
            #expect(spelling.firstMatch(of: pattern) != nil, "\(spelling)")
        }
    }

    @Test("a manga of the same number joins nothing")
    func mangaDoesNotJoin() throws {
        let manga = try entry(2, related: [("Sequel", 1)], kind: "manga")
        #expect(Grouping.groups(of: [try entry(1), manga]).count == 2)
    }

    @Test("a chain, a cycle and a relation to an entry not crawled yet make one group, by air date")
    func chain() throws {
        let entries = [
            try entry(30, aired: "2012", related: [("Prequel", 20), ("Sequel", 99)]),
            try entry(20, aired: "2008-04", related: [("Prequel", 10), ("Sequel", 30)]),
            try entry(10, aired: "2004-01-07", related: [("Sequel", 20)]),
        ]
        #expect(Grouping.groups(of: entries).map { $0.map(\.id) } == [[10, 20, 30]])
    }

    @Test("entries of two sites are one when either says that the other is the same, by number or by name")
    func sameElsewhere() throws {
        func elsewhere(_ key: String, _ others: [(String, JSONValue)]) throws -> CatalogEntry {
            let parts = key.split(separator: ":").map(String.init)
            let rows = others.map { JSONValue.object(["site": .string($0.0), "id": $0.1, "url": .null]) }
            return try #require(
                CatalogEntry(fields: [
                    "_id": .string(key), "site": .string(parts[0]),
                    "id": Int64(parts[1]).map(JSONValue.int) ?? .string(parts[1]),
                    "title": "T", "external_ids": .array(rows),
                ]))
        }
        let groups = Grouping.groups(of: [
            try entry(5), try elsewhere("other:7", [("demo", 5), ("third", "a-name")]),
            try elsewhere("third:a-name", []),
            try elsewhere("third:another", [("demo", 6), ("other", 5)]),
        ])
        #expect(groups.map { $0.map(\.key) } == [["demo:5", "other:7", "third:a-name"], ["third:another"]])
    }

    @Test("the order of the entries does not matter", arguments: 0..<20)
    func orderDoesNotMatter(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let entries = try (1...40).map { id in
            try entry(id, related: id % 3 == 0 ? [("Sequel", Int.random(in: 1...40, using: &generator))] : [])
        }
        let shuffled = entries.shuffled(using: &generator)
        #expect(Grouping.groups(of: entries) == Grouping.groups(of: shuffled))
    }
}

@Suite struct AnimeTests {
    private let long = String(repeating: "A ship sails between the stars. ", count: 6)

    @Test("the five fields of the original come out in its shape")
    func originalShape() throws {
        let first = try entry(
            1, title: "Star Ferry", aired: "1999", synopsis: long, openings: ["\"Go\" by A"], endings: ["\"Stay\" by B"]
        )
        let second = try entry(2, title: "Star Ferry 2", aired: "2001", synopsis: "Too short.")
        let document = try #require(Anime(id: "Star Ferry", entries: [second, first], reviews: ["Good."])).document
        #expect(document["_id"] == "Star Ferry")
        #expect(document["themesongs"] == [["\"Go\" by A", "\"Stay\" by B"], []])
        #expect(document["description"] == [.string(long)])
        #expect(document["reviews"] == ["Good."])
        #expect(document["img_url"] == "https://images.example/1.jpg")
    }

    @Test(
        "what people recommend beside any entry is the anime's, those of the most people first, without its own entries"
    )
    func recommendations() throws {
        func recommending(_ id: Int, _ rows: [JSONValue]) throws -> CatalogEntry {
            var fields = try entry(id).fields
            fields["recommendations"] = .array(rows)
            return try #require(CatalogEntry(fields: fields))
        }
        let first = try recommending(
            1, [["id": 7, "votes": 2], ["id": 8, "votes": 30], ["id": 2, "votes": 9], ["id": 6, "votes": 0]])
        let second = try recommending(
            2, [["id": 7, "votes": 3], ["id": "tower", "votes": .null], ["id": 1, "votes": 4]])
        let anime = try #require(Anime(id: "x", entries: [first, second], reviews: []))
        #expect(
            anime.document["recommendations"] == [
                ["entry": "demo:8", "votes": 30], ["entry": "demo:7", "votes": 5], ["entry": "demo:tower", "votes": 1],
            ])
        let many = try recommending(3, (10...400).map { ["id": .int($0), "votes": .int(.max)] })
        #expect(
            try #require(Anime(id: "y", entries: [many], reviews: [])).recommendations.count == RecommendedEntry.most)
        #expect(try #require(Anime(id: "z", entries: [entry(4)], reviews: [])).document["recommendations"] == nil)
    }

    @Test("a description of 139 characters is left out, one of 140 is not", arguments: [(139, 0), (140, 1)])
    func shortDescriptions(length: Int, count: Int) throws {
        let only = try entry(1, synopsis: String(repeating: "x", count: length))
        #expect(Anime(id: "x", entries: [only], reviews: [])?.descriptions.count == count)
    }

    @Test("an anime is known by its earliest main entry, not by an earlier special")
    func mainEntry() throws {
        let special = try entry(1, title: "Star Ferry: Pilot", type: "Special", aired: "1998")
        let series = try entry(2, title: "Star Ferry", aired: "1999")
        #expect(AnimeNaming.title(of: [special, series]) == "Star Ferry")
    }

    @Test("of two anime with one title, the older entry keeps it bare; the others get the year, then the key")
    func collisions() throws {
        let groups = [
            [try entry(9, title: "Tower", aired: "2015")], [try entry(3, title: "Tower", aired: "1990")],
            [try entry(12, title: "Tower", aired: "2015-10")],
        ]
        #expect(AnimeNaming.names(of: groups) == ["Tower (2015)", "Tower", "Tower (demo:12)"])
    }
}
