import Foundation
import TestSupport
import Testing

/// What a site's author does, without network and without Swift.
@Suite struct SpiderAuthorTests {
    private static let page = """
        <html><head><meta name=csrf-token content=abc123def></head><body><h1>A Title</h1><dl><dt>Type<dd>TV<dt>Status<dd>Finished</dl>
        <a href="/profile/Quillfeather">Quillfeather</a></body></html>
        """

    private func withHome(_ body: (ProgramHome, Program, URL) async throws -> Void) async throws {
        let home = try ProgramHome(
            spider: "site: other\nhosts: [127.0.0.1]\npages: {x: {url: /x, links: [a]}}\n", site: "other")
        defer { home.remove() }
        let folder = home.spider("x").deletingLastPathComponent()
        let file = folder.appendingPathComponent("page.html")
        try Data(Self.page.utf8).write(to: file)
        try await body(home, Program("animematcher", environment: home.environment), file)
    }

    @Test("a spider begun from a page passes the check at once, and keeps the page without its people")
    func new() async throws {
        try await withHome { home, program, file in
            let url = "https://anime.example/anime/5/a-title"
            let new = try await program.run(["spider", "new", "example", "--url", url, "--from", file.path])
            #expect(new.status == 0, "\(new.errors)")
            let check = try await program.run(["spider", "check", "example", "--strict"])
            #expect(check.status == 0, "\(check.output)\(check.errors)")
            #expect(check.output.contains("1 pages, all as expected"))
            let folder = home.spider("x").deletingLastPathComponent().appendingPathComponent("fixtures/example")
            let text = try String(contentsOf: folder.appendingPathComponent("anime.html"), encoding: .utf8)
            #expect(!text.contains("Quillfeather") && !text.contains("abc123def"))
            #expect(text.contains("/profile/Reader_1"))
            let again = try await program.run(["spider", "new", "example", "--url", url, "--from", file.path])
            #expect(again.status == 1 && again.errors.contains("is there already"), "\(again.errors)")
        }
    }

    @Test("a page that is read otherwise fails the check, and --update expects it as it is read")
    func update() async throws {
        try await withHome { home, program, file in
            let url = "https://anime.example/anime/5"
            _ = try await program.run(["spider", "new", "example", "--url", url, "--from", file.path])
            let spider = home.spider("example")
            let text = try String(contentsOf: spider, encoding: .utf8).replacingOccurrences(
                of: "label: Status", with: "label: Type")
            try Data(text.utf8).write(to: spider)
            let differs = try await program.run(["spider", "check", "example"])
            #expect(differs.status == 1)
            #expect(differs.output.contains("entry example:5 status  ("), "\(differs.output)")
            #expect(differs.output.contains("expected \"Finished\"") && differs.output.contains("found    \"TV\""))
            let json = try await program.run(["spider", "check", "example", "--json"])
            let fixtures = json.object["fixtures"] as? [[String: Any]]
            #expect(
                (fixtures?.first?["differences"] as? [[String: Any]])?.first?["field"] as? String
                    == "entry example:5 status")
            let updated = try await program.run(["spider", "check", "example", "--update"])
            #expect(updated.status == 0 && updated.output.contains("found    \"TV\""), "\(updated.errors)")
            #expect(try await program.run(["spider", "check", "example"]).status == 0)
        }
    }

    @Test("a page from a file becomes a fixture of its spider; without its URL, or twice, it is refused")
    func record() async throws {
        try await withHome { home, program, _ in
            let list = home.spider("x").deletingLastPathComponent().appendingPathComponent("list.html")
            let page =
                "<html><body><p>Quillfeather's list</p><table class=list-table data-items='[]'></table></body></html>"
            try Data(page.utf8).write(to: list)
            let arguments = [
                "spider", "record", list.path, "--url", "https://myanimelist.net/animelist/Quillfeather?status=7",
            ]
            let recorded = try await program.run(arguments + ["--as", "empty.html", "--scramble-texts"])
            #expect(recorded.status == 0, "\(recorded.errors)")
            #expect(recorded.output.contains("1 people replaced"))
            let check = try await program.run(["spider", "check", "myanimelist"])
            #expect(
                check.output.contains("ok       empty.html  list  https://myanimelist.net/animelist/Reader_1?status=7"))
            let twice = try await program.run(arguments + ["--as", "empty.html"])
            #expect(twice.status == 1 && twice.errors.contains("is there already"))
            let outside = try await program.run(arguments + ["--as", "../empty.html"])
            #expect(outside.status == 1 && outside.errors.contains("expected the name of a file"))
            #expect(try await program.run(["spider", "record", list.path]).status == 64)
            #expect(try await program.run(["spider", "record"]).status == 64)
        }
    }

    @Test("a URL is asked for only as in a crawl: a host without a spider is refused")
    func url() async throws {
        try await withHome { _, program, _ in
            let result = try await program.run(["spider", "record", "https://unknown.example/anime/5"])
            #expect(result.status == 1 && result.errors.contains("no spider has this host"), "\(result.errors)")
            let new = try await program.run(["spider", "new", "example", "--url", "https://unknown.example/anime/5"])
            #expect(new.status == 1 && !new.errors.isEmpty)
        }
    }
}
