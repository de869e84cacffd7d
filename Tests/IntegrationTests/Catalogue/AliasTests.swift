import CrawlDomain
import Storage
import TestSupport
import Testing

/// What an anime was called before leads to it.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct AliasTests {
    @Test("a changed title leaves an alias, and the log says what the anime is called now")
    func renamed() async throws {
        try await CatalogueRig.with { rig in
            try await rig.follow(
                CatalogueRig.entry(1, "Old"), CatalogueRig.entry(2, "Old 2", related: [("Prequel", 1)]))
            let changes = try await rig.follow(CatalogueRig.entry(1, "New"))
            #expect(try await rig.anime() == ["New": ["demo:1", "demo:2"]])
            #expect(try await rig.meaning(of: "Old") == "New")
            #expect(changes.map { "\($0.operation.rawValue) \($0.key)" }.sorted() == ["delete Old", "insert New"])
            #expect(changes.first { $0.key == "Old" }?.successor == "New")
            #expect(changes.first { $0.key == "New" }?.successor == nil)
        }
    }

    @Test("an earlier entry that is found gives the anime its name; a chain of names leads to the last")
    func chain() async throws {
        try await CatalogueRig.with { rig in
            try await rig.follow(CatalogueRig.entry(3, "Third", aired: "2003"))
            try await rig.follow(CatalogueRig.entry(2, "Second", aired: "2002", related: [("Sequel", 3)]))
            try await rig.follow(CatalogueRig.entry(1, "First", aired: "2001", related: [("Sequel", 2)]))
            try await rig.follow(CatalogueRig.entry(1, "Very First", aired: "2001", related: [("Sequel", 2)]))
            #expect(try await rig.anime().keys.sorted() == ["Very First"])
            for id in ["First", "Second", "Third"] { #expect(try await rig.meaning(of: id) == "Very First") }
            let aliases = try await rig.database.catalogue.aliases(ofEntries: ["demo:1", "demo:2", "demo:3"])
            #expect(aliases.map { "\($0.id) \($0.entry)" } == ["First demo:1", "Second demo:2", "Third demo:3"])
        }
    }

    @Test("when a group splits each alias goes with the entry it was of, and a name that is in use again is no alias")
    func split() async throws {
        try await CatalogueRig.with { rig in
            let second = CatalogueRig.entry(2, "Second", aired: "2002")
            try await rig.follow(CatalogueRig.entry(1, "First"), second)
            try await rig.follow(CatalogueRig.entry(2, "Other", aired: "2002"))
            #expect(try await rig.meaning(of: "Second") == "Other")
            let joined = try await rig.follow(CatalogueRig.entry(1, "First", related: [("Sequel", 2)]))
            #expect(joined.first { $0.key == "Other" }?.successor == "First")
            #expect(try await rig.meaning(of: "Other") == "First")
            #expect(try await rig.meaning(of: "Second") == "First")
            try await rig.follow(CatalogueRig.entry(1, "First"))
            #expect(try await rig.anime() == ["First": ["demo:1"], "Other": ["demo:2"]])
            #expect(try await rig.meaning(of: "Second") == "Other")
            #expect(try await rig.database.catalogue.aliases(among: ["Other", "First"]).isEmpty)
        }
    }

    @Test("of two anime that were called so the one that was last has the name")
    func twoClaims() async throws {
        try await CatalogueRig.with { rig in
            try await rig.follow(CatalogueRig.entry(1, "Tower"))
            try await rig.follow(CatalogueRig.entry(1, "Tower of Rain"))
            try await rig.follow(CatalogueRig.entry(2, "Tower"))
            #expect(try await rig.meaning(of: "Tower") == "Tower")
            try await rig.follow(CatalogueRig.entry(2, "Tower of Snow"))
            #expect(try await rig.meaning(of: "Tower") == "Tower of Snow")
        }
    }

    @Test("of anime with one title the next gets the bare name when it is free, and its own becomes an alias")
    func collision() async throws {
        try await CatalogueRig.with { rig in
            try await rig.follow(
                CatalogueRig.entry(1, "Tower", aired: "1990"), CatalogueRig.entry(2, "Tower", aired: "2015"))
            #expect(try await rig.anime().keys.sorted() == ["Tower", "Tower (2015)"])
            let changes = try await rig.follow(CatalogueRig.entry(1, "Mill", aired: "1990"))
            #expect(try await rig.anime() == ["Mill": ["demo:1"], "Tower": ["demo:2"]])
            #expect(try await rig.meaning(of: "Tower (2015)") == "Tower")
            #expect(changes.first { $0.key == "Tower" }?.fields.contains { $0.name == "entries" } == true)
        }
    }
}
