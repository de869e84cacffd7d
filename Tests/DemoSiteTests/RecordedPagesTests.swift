import DemoSite
import Foundation
import TestSupport
import Testing

@Suite("RecordedPages")
struct RecordedPagesTests {
    @Test("pages are served at their paths, and of several recordings the newest desktop one")
    func servesPages() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("recorded-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let pages = [
            ("a.html", "old"), ("b.html", "new"), ("c.html", "phone"), ("d.json", "[]"), ("e.html", "gone"),
            ("f.html", "<link rel=\"canonical\" href=\"https://myanimelist.net/profile/Zovo\" />"),
        ]
        for (name, text) in pages { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
        try Data(
            """
            {"file":"a.html","site":"myanimelist","kind":"anime","date":"2020-01-01","layout":"desktop","url":null,"mal_id":5}
            {"file":"b.html","site":"myanimelist","kind":"anime","date":"2021-01-01","layout":"desktop","url":"https://myanimelist.net/anime/5/Zo","status":200}
            {"file":"c.html","site":"myanimelist","kind":"anime","date":"2024-01-01","layout":"mobile","url":"https://myanimelist.net/anime/5"}
            {"file":"d.json","site":"other","kind":"list","date":"2020","layout":null,"url":"https://other.invalid/l?x=1&y=%20","status":200}
            {"file":"e.html","site":"myanimelist","kind":"404","url":"https://myanimelist.net/anime/0/_/moreinfo","status":404}
            {"file":"f.html","site":"myanimelist","kind":"profile","url":null}
            {"file":"../secret","site":"myanimelist","kind":"x","url":"https://myanimelist.net/secret"}
            not json
            """.utf8
        ).write(to: folder.appendingPathComponent("index.jsonl"))
        let recorded = try RecordedPages(directory: folder)
        #expect(recorded.count == 4)
        let site = try DemoSiteServer(recorded: recorded)
        defer { site.stop() }
        func get(_ target: String, _ host: String) -> LoopbackClient.Answer? {
            LoopbackClient(port: site.port).get(target, host: host)
        }
        for target in ["/anime/5", "/anime/5/Zo", "/anime/5/any"] {
            #expect(get(target, "myanimelist.net")?.text == "new")
        }
        #expect(get("/l?x=1&y=%20", "other.invalid")?.fields["content-type"] == "application/json")
        #expect(get("/anime/0/_/moreinfo", "myanimelist.net:80")?.status == 404)
        #expect(get("/profile/Zovo", "myanimelist.net")?.status == 200)
        #expect(get("/secret", "myanimelist.net")?.status == 404)
        #expect(get("/robots.txt", "myanimelist.net")?.status == 200)
        #expect(get("/", "other.invalid")?.text.contains("<a href=\"/l?x=1&amp;y=%20\">") == true)
    }

    @Test("every link of the index page answers", .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
    func servesEverything() throws {
        let index = try #require(RecordedMaterial.url("pages/index.jsonl"))
        let recorded = try RecordedPages(directory: index.deletingLastPathComponent())
        #expect(recorded.count > 100)
        let site = try DemoSiteServer(recorded: recorded)
        defer { site.stop() }
        let client = LoopbackClient(port: site.port)
        let links = try #require(client.get("/", host: "myanimelist.net")).text.matches(of: /<a href="([^"]*)">/).map {
            String($0.1)
        }
        #expect(links.count > 100)
        for link in links {
            let answer = try #require(client.get(link.replacing("&amp;", with: "&"), host: "myanimelist.net"))
            #expect(!answer.body.isEmpty && !answer.text.contains("404 Not Found - DemoAnimeList"), "\(link)")
        }
    }

    @Test("a folder without an index is an error")
    func needsIndex() {
        #expect(throws: DemoSiteError.self) { try RecordedPages(directory: URL(fileURLWithPath: "/nonexistent")) }
    }
}
