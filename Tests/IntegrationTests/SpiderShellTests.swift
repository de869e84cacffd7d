import DemoSite
import Foundation
import TestSupport
import Testing

@Suite struct SpiderShellTests {
    private let program = Program("animematcher")
    private let fixture = Program.project.appendingPathComponent("Spiders/fixtures/myanimelist/anime-2024.html")
        .path

    private func shell(_ arguments: [String], _ script: String...) async throws -> Program.Result {
        try await program.run(
            ["spider", "shell"] + arguments, input: Data((script.joined(separator: "\n") + "\n").utf8))
    }

    private func page(_ html: String) throws -> URL {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("shell-\(UUID().uuidString).html")
        try Data(html.utf8).write(to: file)
        return file
    }

    @Test("CSS, XPath, text, tree and links are answered in order, on a file")
    func selecting() async throws {
        let file = try page(
            "<base href=/b/><h1 id=x class='a b'>One <b>two</b></h1><a href=c?d rel=nofollow>L</a><p>3</p><p>4</p>")
        defer { try? FileManager.default.removeItem(at: file) }
        let result = try await shell(
            ["--url", "https://h.example/y/z", file.path], "css h1::text", "xpath count(//p)", "# nothing", "",
            "text h1", "tree h1 1", "links", "links nowhere", "quit", "css never")
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            result.lines == [
                "1 found", "One ", "2.0", "One two", "h1#x.a.b  \"One\"", "  b  \"two\"",
                "https://h.example/b/c?d  nofollow  \"L\"", "0 found",
            ], "\(result.output)")
    }

    @Test("a mistake in a selector is marked at its place, and the session goes on")
    func mistakes() async throws {
        let result = try await shell([fixture], "css a[href", "xpath //p[", "bogus", "json $.a", "xpath 1 + 1")
        #expect(result.errors.contains("  a[href\n        ^"), "\(result.errors)")
        #expect(result.errors.contains("  //p[\n      ^"), "\(result.errors)")
        #expect(result.errors.contains("no command 'bogus'; 'help' lists them"))
        #expect(result.errors.contains("the page is HTML; try: jsonld"))
        #expect(result.lines == ["2.0"])
        #expect(result.status == 1)
    }

    @Test("the spider's item, the page kinds and the page's own words are at hand")
    func spider() async throws {
        let result = try await shell(
            ["--spider", "myanimelist", "--url", "https://myanimelist.net/anime/90001", fixture], "item", "kinds",
            "meta",
            "robots", "headers")
        #expect(result.output.contains("page kind: anime"), "\(result.output)")
        #expect(result.output.contains("\"title\": \"Minato no Akari\""), "\(result.output)")
        #expect(result.output.contains("* anime  /anime/{id:int}/{slug?}"))
        #expect(result.output.contains("title: Lantern Harbour - MyAnimeList.net"))
        #expect(result.output.contains("not asked for"))
    }

    @Test("JSON pages, JSON in attributes and JSON-LD are read by path")
    func json() async throws {
        let html = try page(
            "<i data-x='{\"a\":[1,2]}'></i><script type='application/ld+json'>{\"@graph\":[{\"n\":\"m\"}]}</script>")
        let json = try page("{\"rows\":[{\"id\":7},{\"id\":8}]}")
        defer { for file in [html, json] { try? FileManager.default.removeItem(at: file) } }
        let result = try await shell(
            [html.path], "json $.a[*] in i::attr(data-x)", "jsonld $.n", "open \(json.path)", "json $.rows[*].id",
            "css a")
        #expect(result.lines == ["2 found", "1", "2", "1 found", "\"m\"", "2 found", "7", "8"], "\(result.output)")
        #expect(result.errors.contains("the page is JSON"))
    }

    @Test("what a page says cannot move the cursor, add lines or fill the screen")
    func terminal() async throws {
        let file = try page(
            "<title>a\u{1B}]0;owned\u{07}b\u{202E}c</title><h1 class='\u{1B}[2J'>x\u{9B}y</h1>"
                + String(repeating: "<p>z</p>", count: 500))
        defer { try? FileManager.default.removeItem(at: file) }
        let result = try await shell(
            ["--lines", "5", "--content-type", "text/html; charset=utf-8", file.path], "css title", "meta", "tree",
            "text h1",
            "css p", "css \u{1B}[31m[", "\u{1B}c")
        for text in [result.output, result.errors] {
            #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 7 || $0.value == 0x9B })
            #expect(!text.unicodeScalars.contains("\u{202E}"))
        }
        #expect(result.output.contains("h1.\\u{1b}[2J  \"x\\u{9b}y\""), "\(result.output)")
        #expect(result.output.contains("… 496 more"), "\(result.output)")
    }

    @Test("pages of this machine are asked for, robots.txt first, and what it forbids is not")
    func loopback() async throws {
        let site = try DemoSiteServer(
            catalogue: DemoCatalogue(seed: 7, animeCount: 20, userCount: 4), options: DemoSiteOptions(),
            behaviour: try Behaviour(parsing: ""), port: 0)
        defer { site.stop() }
        let origin = "http://127.0.0.1:\(site.port)"
        let forbidden = try #require(DemoSiteOptions().disallowed.first)
        let result = try await shell(
            ["\(origin)/topanime.php"], "css title::text", "headers", "robots", "links /anime/",
            "fetch /users.php?show=0",
            "kinds", "fetch \(forbidden)x")
        let paths = site.log.settledEntries().map(\.path)
        #expect(paths.first == "/robots.txt")
        #expect(paths.count == 3, "\(paths)")
        #expect(result.output.contains("status: 200"), "\(result.output)\(result.errors)")
        #expect(result.output.contains("robots.txt: answered 200; allows /topanime.php"))
        #expect(result.output.contains("→ anime"))
        #expect(result.output.contains("* users"))
        #expect(result.errors.contains("the site's robots.txt forbids it"), "\(result.errors)")
    }

    @Test("what the spider reads of a page is what a crawl would store: X-Robots-Tag is obeyed")
    func robotsTag() async throws {
        let site = try DemoSiteServer(
            catalogue: DemoCatalogue(seed: 7, animeCount: 10, userCount: 4), options: DemoSiteOptions(),
            behaviour: try Behaviour(parsing: "header name=X-Robots-Tag value=noindex first=1 path=/anime/*"), port: 0)
        defer { site.stop() }
        let path = try #require(site.catalogue).anime[0].path
        let page = "http://127.0.0.1:\(site.port)\(path)"
        let result = try await shell([page], "item", "fetch \(page)", "item")
        let (hidden, shown) = result.output.divided(at: "page kind: anime")
        #expect(hidden.contains("noindex") && !hidden.contains("\"title\""), "\(result.output)\(result.errors)")
        #expect(shown.contains("\"title\""), "\(result.output)\(result.errors)")
    }

    @Test("outside a site's visiting hours nothing but its robots.txt is asked for")
    func visitTime() async throws {
        var options = DemoSiteOptions()
        let hour = (Int(Date().timeIntervalSince1970) / 3600 + 3) % 24
        options.visitTime = [hour, (hour + 1) % 24].map { ($0 < 10 ? "0" : "") + "\($0)00" }.joined(separator: "-")
        let site = try DemoSiteServer(
            catalogue: DemoCatalogue(seed: 7, animeCount: 3, userCount: 0), options: options, port: 0)
        defer { site.stop() }
        let result = try await shell(["http://127.0.0.1:\(site.port)/topanime.php"], "css title")
        #expect(result.errors.contains("its robots.txt wants visits at"), "\(result.errors)")
        #expect(site.log.settledEntries().map(\.path) == ["/robots.txt"])
    }

    @Test("gaps hold between the requests of a shell, and from its start")
    func politeness() async throws {
        let site = try DemoSiteServer(
            catalogue: DemoCatalogue(seed: 7, animeCount: 10, userCount: 4), options: DemoSiteOptions(crawlDelay: 0.25),
            behaviour: try Behaviour(parsing: ""), port: 0)
        defer { site.stop() }
        let result = try await shell(["http://127.0.0.1:\(site.port)/topanime.php"], "fetch /users.php?show=0")
        #expect(result.status == 0, "\(result.errors)")
        let entries = site.log.settledEntries().sorted { $0.arrived < $1.arrived }
        #expect(entries.count == 3)
        for (earlier, later) in zip(entries, entries.dropFirst()) {
            #expect(later.arrived - earlier.finished >= 250_000, "\(earlier.path) → \(later.path)")
        }
    }

    @Test("hosts without a spider, and sites whose terms nobody acknowledged, are not asked")
    func permission() async throws {
        let unknown = try await shell(["https://anime.example/"], "css a")
        #expect(unknown.status == 1)
        #expect(unknown.errors.contains("no spider has this host"), "\(unknown.errors)")
        let known = try await shell(["https://myanimelist.net/anime/1"], "css a")
        #expect(known.status == 1)
        #expect(known.errors.contains("acknowledged_terms"), "\(known.errors)")
        let changed = try await shell([fixture], "fetch https://myanimelist.net/anime/1", "fetch /anime/1")
        #expect(changed.errors.contains("acknowledged_terms"))
        #expect(changed.errors.contains("expected an address like https://example.org/page"), "\(changed.errors)")
    }

    @Test("commands on the command line replace standard input, which may then be the page")
    func commands() async throws {
        let result = try await program.run(
            ["spider", "shell", "-", "-c", "css b::text", "-c", "css i"], input: Data("<b>é</b>".utf8))
        #expect(result.lines == ["1 found", "é", "0 found"], "\(result.errors)")
        #expect(try await program.run(["spider", "shell", "-"]).status == 64)
    }
}

extension String {
    /// What is before the last occurrence of a text, and from there on.
    fileprivate func divided(at text: String) -> (String, String) {
        guard let range = range(of: text, options: .backwards) else { return (self, "") }
        return (String(self[..<range.lowerBound]), String(self[range.lowerBound...]))
    }
}
