import Foundation
import Storage
import TestSupport
import Testing

/// Holds docs/export.md to what the program does.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct ExportRecipeTests {
    private static func text() throws -> String {
        try String(contentsOf: Program.project.appendingPathComponent("docs/export.md"), encoding: .utf8)
    }

    @Test("every Python recipe runs over the files it names, and finds what is stored")
    func recipes() async throws {
        let recipes = try Self.text().components(separatedBy: "```python\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
        #expect(recipes.count == 7)
        try await ExportRig.with { export in
            for (what, name) in [
                ("entries", "entries.jsonl.gz"), ("users", "monday.jsonl"), ("entries", "entries.csv"),
                ("ratings", "ratings.npz"),
                ("anime", "anime.bson"), ("pages", "pages.warc.gz"),
            ] { try await export.export(what, name) }
            try await export.export("ratings", "ratings.mtx", "--force")
            _ = try await export.forgetSomebody()
            try await export.export("users", "tuesday.jsonl", "--since", export.path("monday.jsonl"))
            let checks = [
                "assert len(entries) == 20",
                "assert documents and len(documents) == sum(1 for _ in open('monday.jsonl')) - 1",
                "assert len(genres) == 20 and any(genres.values())",
                "assert together.shape == (len(items), len(items)) and len(users) == ratings.shape[0]",
                "assert ratings.nnz",
                "assert anime", "assert len(pages) > 20",
            ]
            for (recipe, check) in zip(recipes, checks) {
                if let output = try await export.python("\(recipe)\n\(check)\nprint('ok')\n") {
                    #expect(output == "ok\n", "\(recipe)")
                }
            }
        }
    }

    @Test("the columns of tables are those that it lists")
    func columns() async throws {
        let text = try Self.text()
        try await TemporaryDatabase.with { temporary in
            let program = Program(
                "animematcher", environment: ["MONGODB_URI": temporary.uri, "ANIMEMATCHER_DATABASE": temporary.name])
            for what in ["anime", "entries", "reviews", "users", "changes", "pages", "ratings"] {
                let result = try await program.run(["export", what, "--format", "csv"])
                let header = try #require(result.lines.first, "\(result.errors)")
                #expect(text.contains("| `\(what)` | `\(header)`"), "\(what): \(header)")
            }
        }
    }
}
