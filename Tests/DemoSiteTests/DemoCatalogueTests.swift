import DemoSite
import Testing

@Suite("DemoCatalogue")
struct DemoCatalogueTests {
    static let catalogue = DemoCatalogue(seed: 7, animeCount: 320, userCount: 60)

    @Test("the same seed and size give the same catalogue, another seed another one")
    func isDeterministic() {
        #expect(DemoCatalogue(seed: 7, animeCount: 320, userCount: 60) == Self.catalogue)
        #expect(DemoCatalogue(seed: 8, animeCount: 320, userCount: 60) != Self.catalogue)
    }

    @Test("titles, ids and names are unique, and ids have gaps")
    func isUnique() {
        let anime = Self.catalogue.anime
        #expect(anime.count == 320)
        #expect(Set(anime.map(\.id)).count == 320)
        #expect(Set(anime.map(\.title)).count == 320)
        #expect(Set(Self.catalogue.users.map { $0.name.lowercased() }).count == 60)
        #expect((anime.map(\.id).max() ?? 0) > 500)
        #expect(anime.contains { $0.id == 1 })
    }

    @Test("every relation between anime has its inverse")
    func relationsAreConsistent() throws {
        let inverse = [
            "Sequel": "Prequel", "Prequel": "Sequel", "Side Story": "Parent Story", "Parent Story": "Side Story",
            "Summary": "Full Story", "Full Story": "Summary", "Character": "Character", "Other": "Other",
        ]
        var kinds: Set<String> = []
        for entry in Self.catalogue.anime {
            for relation in entry.relations {
                kinds.insert(relation.kind)
                guard !relation.isManga else { continue }
                let target = try #require(Self.catalogue.anime(id: relation.targetID))
                #expect(target.relations.contains { $0.targetID == entry.id && $0.kind == inverse[relation.kind] })
            }
        }
        #expect(kinds.isSuperset(of: inverse.keys))
        #expect(kinds.contains("Adaptation"))
    }

    @Test("synopses are long, short or missing, and some are attributed")
    func synopsesVary() {
        let synopses = Self.catalogue.anime.map(\.synopsis)
        #expect(synopses.contains(nil))
        #expect(synopses.contains { ($0?.count ?? 200) < 140 })
        #expect(synopses.count { ($0?.count ?? 0) >= 140 } > 200)
        #expect(Self.catalogue.anime.contains { $0.attribution?.hasPrefix("[Written by") == true })
        #expect(Self.catalogue.anime.contains { $0.attribution?.hasPrefix("(Source:") == true })
    }

    @Test("people score what they like higher than the rest")
    func tastesShow() throws {
        var liked: [Int] = []
        var others: [Int] = []
        for user in Self.catalogue.users {
            for row in user.rows where row.score > 0 {
                let entry = try #require(Self.catalogue.anime(id: row.animeID))
                if user.tastes.contains(entry.themeKey) { liked.append(row.score) } else { others.append(row.score) }
            }
        }
        #expect(liked.count > 500 && others.count > 100)
        #expect(mean(liked) > mean(others) + 1)
    }

    @Test("there is a list of several pages, a private one, an empty one and one without scores")
    func listsVary() {
        let users = Self.catalogue.users
        #expect(users[0].rows.count > 200)
        #expect(users[1].isPrivate)
        #expect(users[2].rows.isEmpty)
        #expect(users[3].rows.allSatisfy { $0.score == 0 })
        #expect(Set(users.flatMap(\.rows).map(\.status)).count == 5)
    }

    @Test("no entry is rated for adults only")
    func nothingIsAdult() {
        #expect(!Self.catalogue.anime.contains { $0.rating.hasPrefix("Rx") })
    }

    @Test("a rating, a new entry and a removed member show in the catalogue")
    func changes() throws {
        var catalogue = Self.catalogue
        let user = catalogue.users[5]
        let row = try #require(user.rows.first)
        try catalogue.rate(user: user.name, animeID: row.animeID, score: 3)
        #expect(catalogue.user(named: user.name)?.rows.first?.score == 3)
        let id = catalogue.addAnime(title: "Demozu", theme: "space")
        #expect(catalogue.anime(id: id)?.title == "Demozu")
        try catalogue.rate(user: user.name, animeID: id, score: 10)
        #expect(catalogue.user(named: user.name)?.rows.last?.animeID == id)
        try catalogue.removeUser(user.name)
        #expect(catalogue.user(named: user.name) == nil)
        #expect(throws: DemoSiteError.self) { try catalogue.rate(user: user.name, animeID: id, score: 1) }
        try catalogue.removeAnime(id: id)
        #expect(catalogue.anime(id: id) == nil)
    }

    @Test("a catalogue of one entry and nobody works")
    func smallest() {
        let catalogue = DemoCatalogue(animeCount: 1, userCount: 0)
        #expect(catalogue.anime.map(\.id) == [1])
        #expect(catalogue.users.isEmpty)
    }

    private func mean(_ numbers: [Int]) -> Double { Double(numbers.reduce(0, +)) / Double(numbers.count) }
}
