import Catalog
import TestSupport
import Testing
import WebStandards

/// What is not joined though a page states a relation.
@Suite struct CrossoverTests {
    /// Two franchises of two seasons each, with what else a test says.
    private func franchises(_ others: CatalogEntry...) throws -> [CatalogEntry] {
        [
            try entry(1, title: "Thief Panther", related: [("Sequel", 2)]), try entry(2, title: "Thief Panther II"),
            try entry(11, title: "Detective Crow", related: [("Sequel", 12)]), try entry(12, title: "Detective Crow 2"),
        ] + others
    }

    private func keys(_ entries: [CatalogEntry]) -> [[String]] {
        Grouping.groups(of: entries).map { $0.map { String($0.key.dropFirst(5)) }.sorted() }
    }

    private func verdict(_ entries: [CatalogEntry], _ first: Int, _ second: Int) -> EntryEdge.Verdict? {
        Grouping.resolve(entries, explained: true).edges.first {
            $0.first == "demo:\(first)" && $0.second == "demo:\(second)"
        }?.verdict
    }

    @Test("a special that two franchises share does not make them one, whoever states the relation")
    func crossover() throws {
        let special = try entry(5, title: "The Great Chase", related: [("Parent story", 1), ("Parent story", 12)])
        let entries = try franchises(special)
        #expect(keys(entries).sorted { $0[0] < $1[0] } == [["1", "2"], ["11", "12"], ["5"]])
        #expect(verdict(entries, 1, 5) == .crossover && verdict(entries, 12, 5) == .crossover)
        var stated = try franchises(try entry(5, title: "The Great Chase"))
        stated[0] = try entry(1, title: "Thief Panther", related: [("Sequel", 2), ("Side story", 5)])
        stated[2] = try entry(11, title: "Detective Crow", related: [("Sequel", 12), ("SIDE_STORY", 5)])
        #expect(Grouping.groups(of: stated).count == 3)
    }

    @Test("a crossover that bears one franchise's title belongs to it")
    func host() throws {
        let special = try entry(
            5, title: "Thief Panther: Against Detective Crow", related: [("Parent story", 1), ("Parent story", 11)])
        let entries = try franchises(special)
        #expect(keys(entries) == [["1", "2", "5"], ["11", "12"]])
        #expect(verdict(entries, 1, 5) == .crossoverHost && verdict(entries, 11, 5) == .crossover)
    }

    @Test("two specials of one crossover stay together and join nothing else")
    func twoCrossovers() throws {
        let entries = try franchises(
            try entry(
                5, title: "The Great Chase", related: [("Parent story", 1), ("Parent story", 11), ("Sequel", 6)]),
            try entry(6, title: "The Greater Chase", related: [("Parent story", 2), ("Parent story", 12)]))
        #expect(keys(entries) == [["1", "2"], ["11", "12"], ["5", "6"]])
    }

    @Test("a special of two seasons of one franchise belongs to it")
    func twoSeasons() throws {
        let special = try entry(5, title: "The Lost Panther", related: [("Parent story", 1), ("Parent story", 2)])
        #expect(keys(try franchises(special)) == [["1", "2", "5"], ["11", "12"]])
    }

    @Test("what a third entry joins are no two franchises, though their child comes before")
    func joinedElsewhere() throws {
        // 5 is a child of both, 6 of both too by its title: it makes them one, and so does not stop 5.
        let entries = [
            try entry(1, title: "Sea of Stars"), try entry(2, title: "Sea of Stars R"),
            try entry(5, title: "Picture Drama", related: [("Parent story", 1), ("Parent story", 2)]),
            try entry(6, title: "Sea of Stars: Summary", related: [("Full story", 1), ("Full story", 2)]),
        ]
        #expect(keys(entries) == [["1", "2", "5", "6"]])
    }

    @Test("each of two that says it is the other's side story is a peer, not a child")
    func bothChildren() throws {
        let entries = [
            try entry(1, related: [("Side story", 2), ("Side story", 3)]),
            try entry(2, related: [("Side story", 1)]), try entry(3, related: [("Side story", 2)]),
        ]
        #expect(Grouping.groups(of: entries).count == 1)
    }

    @Test(
        "a relation that the other side contradicts joins only where titles support it",
        arguments: [("Thief Panther Mini", 1), ("Kitten", 2)])
    func contradicted(title: String, groups: Int) throws {
        let entries = [
            try entry(1, title: "Thief Panther", related: [("Side story", 2)]),
            try entry(2, title: title, related: [("Character", 1)]),
        ]
        #expect(Grouping.groups(of: entries).count == groups)
        #expect(verdict(entries, 1, 2) == (groups == 1 ? .supported : .contradicted))
    }

    @Test(
        "'same franchise' joins only where titles agree but for season and kind",
        arguments: [("Thief Panther Season 2", 1), ("Thief Panther: Cooking Day", 2), ("Detective Crow", 2)])
    func sameFranchise(title: String, groups: Int) throws {
        let entries = [
            try entry(1, title: "Thief Panther", related: [("Same Franchise", 2)]), try entry(2, title: title),
        ]
        #expect(Grouping.groups(of: entries).count == groups)
        #expect(verdict(entries, 1, 2) == (groups == 1 ? .supported : .ambiguous))
    }

    @Test("equal titles alone join nothing")
    func titlesAlone() throws {
        #expect(Grouping.groups(of: [try entry(1, title: "Tower"), try entry(2, title: "Tower 2")]).count == 2)
    }

    @Test("what pages say to be the same is one anime, whatever else they say")
    func same() throws {
        let other = try #require(
            CatalogEntry(fields: [
                "_id": "other:7", "site": "other", "id": 7, "title": "Unlike",
                "external_ids": [["site": "demo", "id": "1", "url": .null]],
                "related": [["relation": "Character", "site": "demo", "id": 1, "kind": "anime"]],
            ]))
        #expect(Grouping.groups(of: [try entry(1, related: []), other]).count == 1)
    }

    @Test(
        "a part of the graph that nothing joins with the rest is grouped alone as within the whole", arguments: 0..<40)
    func local(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let relations = [
            "Sequel", "Parent story", "Side story", "Parent story", "Character", "Same franchise", "Summary",
        ]
        let entries = try (1...30).map { id in
            let related = try (0..<Int.random(in: 0...2, using: &generator)).map { _ in
                (try #require(relations.randomElement(using: &generator)), Int.random(in: 1...30, using: &generator))
            }
            return try entry(id, title: "\(["Owl", "Crow", "Panther"][id % 3]) Number \(id % 7)", related: related)
        }
        let whole = Set(Grouping.groups(of: entries).map { Set($0.map(\.key)) })
        #expect(whole == Set(Grouping.groups(of: entries.shuffled(using: &generator)).map { Set($0.map(\.key)) }))
        // Parts: what may be joined at all.
        var part: [String: Int] = [:]
        for (number, entry) in entries.enumerated() { part[entry.key] = number }
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for entry in entries {
                for neighbour in entry.neighbours {
                    guard let one = part[entry.key], let other = part[neighbour], one != other else { continue }
                    (part[entry.key], part[neighbour], hasChanged) = (min(one, other), min(one, other), true)
                }
            }
        }
        let parts = Dictionary(grouping: entries) { part[$0.key] }.values
        #expect(Set(parts.flatMap { Grouping.groups(of: $0).map { Set($0.map(\.key)) } }) == whole)
    }
}
