import Foundation
import Storage
import TestSupport
import Testing
import WebStandards

@Suite struct BadInputTests {
    private let program = Program("animematcher")

    private func extract(_ body: Data, url: String = "https://myanimelist.net/anime/1", status: Int = 200) async throws
        -> [[String: Any]]
    {
        let result = try await program.run(
            ["extract", "--spider", "myanimelist", "--url", url, "--status", String(status), "-"], input: body)
        #expect(result.status == 0, "\(result.errors)")
        return result.objects
    }

    private func reasons(_ objects: [[String: Any]]) -> [String] { objects.compactMap { $0["reason"] as? String } }

    @Test("an empty page, a page that is no HTML and an unknown page are dropped with their reason")
    func badPages() async throws {
        let empty = try await extract(Data())
        #expect(reasons(empty) == ["empty_page"])
        let picture = try await extract(
            Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 1, 2, 3, 0xFF, 0xFE]))
        #expect(reasons(picture) == ["not_html"])
        let unknown = try await extract(
            Data("<html><body>x</body></html>".utf8), url: "https://myanimelist.net/forum/1")
        #expect(reasons(unknown) == ["unknown_page"])
        #expect((empty + picture + unknown).allSatisfy { $0["kind"] as? String == "drop" })
    }

    @Test("a 404 and a login wall never become items")
    func walls() async throws {
        let page = Data("<html><head><title>404 Not Found - MyAnimeList.net</title></head><body>…</body></html>".utf8)
        let missing = try await extract(page, status: 404)
        #expect(reasons(missing) == ["not_found"])
        let truncated = try await extract(Data("<html><head><title>Anime".utf8))
        #expect(truncated.allSatisfy { $0["kind"] as? String != "item" })
        #expect(!reasons(truncated).isEmpty)
    }

    @Test("a mistake in a spider is reported with file, line, column and the expected form")
    func spiderMistake() async throws {
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("home-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: home) }
        try FileManager.default.createDirectory(
            at: home.appendingPathComponent("Spiders"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: Program.project.appendingPathComponent("schemas"), to: home.appendingPathComponent("schemas"))
        let text = "site: wrong\nhosts: [example.org]\npages:\n  anime:\n    url: /anime/{id}\n    tittle: x\n"
        try Data(text.utf8).write(to: home.appendingPathComponent("Spiders/wrong.yaml"))
        let result = try await Program("animematcher", environment: ["ANIMEMATCHER_HOME": home.path]).run([
            "spider", "check", "wrong",
        ])
        #expect(result.status == 1)
        #expect(result.errors.contains("wrong.yaml:6:5: unknown key 'tittle'"), "\(result.errors)")
        #expect(result.errors.contains("expected"))
    }

    @Test("a database out of reach is named, with how to start one, and no password is shown")
    func unreachable() async throws {
        let result = try await program.run(
            ["index", "status", "--mongodb", "mongodb://user:secret@127.0.0.1:1/?serverSelectionTimeoutMS=300"])
        #expect(result.status == 1)
        #expect(result.errors.contains("127.0.0.1:1"))
        #expect(result.errors.contains("Scripts/mongod start"))
        #expect(!result.errors.contains("secret"))
    }

    @Test("a wrong command line is an error of usage")
    func usage() async throws {
        let result = try await program.run(["recommend"])
        #expect(result.status == 64)
        #expect(result.errors.contains("--like"))
    }

    @Test("a public site is not crawled without contact and acknowledged terms; the refusal says what to add")
    func permission() async throws {
        let result = try await program.run([
            "crawl", "myanimelist", "--mongodb", "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=300",
        ])
        #expect(result.status == 1)
        #expect(result.errors.contains("contact: mailto:"), "\(result.errors)")
        #expect(result.errors.contains("acknowledged_terms"), "\(result.errors)")
        // Or the next refusal would be for that.
        #expect(result.errors.contains("\nANIMEMATCHER_USER_KEY=…"), "\(result.errors)")
    }
}

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct ImportTests {
    @Test("bad rows are named with their line and left out; the rest is imported")
    func badRows() async throws {
        try await TemporaryDatabase.with { temporary in
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("import-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let program = Program(
                "animematcher", environment: ["MONGODB_URI": temporary.uri, "ANIMEMATCHER_DATABASE": temporary.name])
            let entries = folder.appendingPathComponent("anime.jsonl")
            try Data(
                """
                {"mal_id": 1, "title": "Star Ferry", "genres": ["Space"], "score": 8, "synopsis": "A ferry."}
                {"mal_id": "x", "title": "No number"}
                not json

                {"mal_id": 2, "title": "Tower of Rain", "type": "TV"}
                """.utf8
            ).write(to: entries)
            let imported = try await program.run(["import", "entries", entries.path])
            #expect(imported.status == 0)
            #expect(
                imported.output.contains("entries: 2 new, 0 changed, 0 unchanged, 2 left out"),
                "\(imported.output)\(imported.errors)")
            #expect(imported.errors.contains("line 2: mal_id: expected a positive number"))
            #expect(imported.errors.contains("line 3: expected a JSON object"))

            let ratings = folder.appendingPathComponent("ratings.csv")
            try Data("user,item,rating\nada,1,8\nada,2,11\nbo,two,5\nbo,2,-1\nbo,1\nbo,1,6\n".utf8).write(to: ratings)
            let rated = try await program.run(["import", "ratings", ratings.path])
            #expect(rated.output.contains("users: 2 new"), "\(rated.output)\(rated.errors)")
            for line in [
                "line 3: rating: expected 1 to 10", "line 4: item: expected a positive number", "line 6: 2 fields",
            ] {
                #expect(rated.errors.contains(line), "\(rated.errors)")
            }
            let bo = try #require(try await temporary.database.users.user("myanimelist:bo"))
            #expect(bo["list"]?.arrayValue?.count == 2)
        }
    }
}
