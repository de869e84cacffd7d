import Foundation
import Storage
import TestSupport
import Testing

/// What the program says of how entries are combined.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct CatalogShowTests {
    private func show(_ rig: CatalogueRig, _ arguments: String...) async throws -> Program.Result {
        let program = Program(
            "animematcher",
            environment: ["MONGODB_URI": rig.temporary.uri, "ANIMEMATCHER_DATABASE": rig.temporary.name])
        return try await program.run(["catalog", "show"] + arguments)
    }

    private func fill(_ rig: CatalogueRig) async throws {
        try await rig.follow(CatalogueRig.entry(1, "Sky Panther"))
        try await rig.follow(
            CatalogueRig.entry(1, "Thief Panther", related: [("Sequel", 2), ("Character", 11), ("Side story", 99)]),
            CatalogueRig.entry(2, "Thief Panther II", aired: "2003"),
            CatalogueRig.entry(11, "Detective Crow", aired: "1999"),
            CatalogueRig.entry(
                5, "The Great Chase", aired: "2009", type: "Special",
                related: [("Parent story", 2), ("Parent story", 11)]))
    }

    @Test("for every entry the relations that join it are told, what was refused and why, and former names")
    func explanation() async throws {
        try await CatalogueRig.with { rig in
            try await fill(rig)
            let text = try await show(rig, "Thief Panther")
            #expect(text.status == 0, "\(text.errors)")
            #expect(text.lines.first == "Thief Panther")
            for part in [
                "was called Sky Panther until 20", "demo:1  Thief Panther  (TV, 2001, gives the name)",
                "with demo:2 Thief Panther II: Sequel, says demo:1 since 20", "at least; the titles agree",
                "not joined:",
                "demo:1 Thief Panther and demo:11 Detective Crow: Character, says demo:1",
                "such a relation leads into another work", "demo:2 Thief Panther II and demo:5 The Great Chase",
                "a child of several works, which it must not make one", "not stored yet:",
                "demo:99: Side story, says demo:1",
            ] { #expect(text.output.contains(part), "\(part) is not in\n\(text.output)") }
            let json = try await show(rig, "Thief Panther", "--json").object
            #expect(json["anime"] as? String == "Thief Panther")
            let entries = try #require(json["entries"] as? [[String: Any]])
            #expect(entries.map { $0["key"] as? String } == ["demo:1", "demo:2"])
            for entry in entries {
                let edges = try #require(entry["joined_by"] as? [[String: Any]])
                #expect(edges.map { $0["verdict"] as? String } == ["stated"])
                let statements = try #require(edges[0]["statements"] as? [[String: Any]])
                #expect(statements[0]["relation"] as? String == "Sequel" && statements[0]["since"] is String)
            }
            let refused = try #require(json["refused"] as? [[String: Any]])
            #expect(Set(refused.compactMap { $0["verdict"] as? String }) == ["leads_elsewhere", "crossover"])
        }
    }

    @Test(
        "an anime is found by title, beginning, slip of the hand, former id, entry's key and number",
        arguments: ["Thief Panther", "thief pan", "Theif Panhter", "Sky Panther", "demo:2", "2", "Thief Panther II"])
    func found(text: String) async throws {
        try await CatalogueRig.with { rig in
            try await fill(rig)
            let result = try await show(rig, text)
            #expect(result.lines.first == "Thief Panther", "\(result.errors)")
        }
    }

    @Test("what nobody is called is said so")
    func unknown() async throws {
        try await CatalogueRig.with { rig in
            try await fill(rig)
            let result = try await show(rig, "Something Else Entirely")
            #expect(result.status == 1 && result.errors.contains("no anime is called 'Something Else Entirely'"))
        }
    }
}
