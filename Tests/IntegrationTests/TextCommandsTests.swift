import Foundation
import TestSupport
import Testing

/// Commands that need neither network nor database: what a text says by the web's rules.
@Suite struct TextCommandsTests {
    private let program = Program("animematcher")

    @Test("url shows the canonical form by the general rules, and by a spider's")
    func url() async throws {
        let address = "HTTPS://MyAnimeList.net:443/anime/1/Some_Title?utm_source=x#top"
        let general = try await program.run(["url", "--json", address])
        #expect(general.object["canonical"] as? String == "https://myanimelist.net/anime/1/Some_Title?utm_source=x")
        #expect(general.object["page"] == nil)
        let own = try await program.run(["url", "--json", "--spider", "myanimelist", address])
        #expect(own.object["canonical"] as? String == "https://myanimelist.net/anime/1")
        #expect(own.object["page"] as? String == "anime")
        #expect(own.object["in_scope"] as? Bool == true)
        #expect((own.object["fingerprint"] as? String)?.count == 32)
        let foreign = try await program.run(["url", "--json", "--spider", "myanimelist", "https://a.example/anime/1/x"])
        #expect(foreign.object["canonical"] as? String == "https://a.example/anime/1/x")
        #expect(foreign.object["in_scope"] as? Bool == false)
    }

    @Test("url says what is no URL, and reads the others")
    func badURL() async throws {
        let result = try await program.run(["url", "http://[x", "http://a/\u{1B}[31m", "https://h/"])
        #expect(result.status == 1)
        #expect(result.lines.count == 2)
        #expect(result.errors.contains("http://[x: not a URL"))
        #expect(!result.output.contains("\u{1B}"))
    }

    private func robots(_ text: String, _ arguments: String...) async throws -> Program.Result {
        try await program.run(["robots", "--robots", "-"] + arguments, input: Data(text.utf8))
    }

    @Test("robots prints verdicts, delay, rates, hours and sitemaps as JSON")
    func robots() async throws {
        let text = """
            User-agent: *
            Disallow: /private
            Crawl-delay: 2.5
            Request-rate: 1/10s 0600-0800
            Visit-time: 0600-0845
            Sitemap: https://h/s.xml
            """
        let answer = try await robots(text, "--agent", "AnimeMatcher", "https://h/private/1", "/open").object
        let verdicts = answer["urls"] as? [[String: Any]]
        #expect(verdicts?.map { $0["allowed"] as? Bool } == [false, true])
        #expect(verdicts?.first?["url"] as? String == "https://h/private/1")
        #expect(answer["access"] as? String == "rules")
        #expect(answer["group"] as? String == "everybody")
        #expect(answer["crawl_delay"] as? Double == 2.5)
        #expect(answer["request_gap"] as? Double == 10)
        #expect((answer["request_rates"] as? [[String: Any]])?.first?["hours"] as? String == "0600-0800")
        #expect(answer["visit_times"] as? [String] == ["0600-0845"])
        #expect(answer["sitemaps"] as? [String] == ["https://h/s.xml"])
    }

    @Test(
        "robots says what the status of the answer means",
        arguments: [
            ("404", "allow_all", true), ("410", "allow_all", true), ("503", "deny_all", false),
            ("429", "deny_all", false),
        ])
    func status(status: String, access: String, allowed: Bool) async throws {
        let answer = try await program.run(["robots", "--status", status, "https://h/x"]).object
        #expect(answer["access"] as? String == access)
        #expect((answer["urls"] as? [[String: Any]])?.first?["allowed"] as? Bool == allowed)
    }

    @Test("robots without a file, with an impossible status or something that is no URL is an error of usage")
    func misuse() async throws {
        for arguments in [["robots", "/x"], ["robots", "--status", "99"], ["robots", "--robots", "/dev/null", "x"]] {
            let result = try await program.run(arguments)
            #expect(result.status == 64, "\(arguments)")
        }
        let missing = try await program.run(["robots", "--robots", "/nonexistent", "/x"])
        #expect(missing.status == 1)
        #expect(missing.errors.contains("/nonexistent: cannot be read"))
    }

    @Test("sitemap lists addresses, plain or compressed, and says what was left out")
    func sitemap() async throws {
        let text =
            "<urlset><url><loc>https://h/1</loc><lastmod>2026-03-09</lastmod></url><url><loc>https://h/2</loc></url>"
        for input in [Data(text.utf8), Data(GzipFile.stored(Array(text.utf8)))] {
            let plain = try await program.run(["sitemap"], input: input)
            #expect(plain.status == 0)
            #expect(plain.lines == ["https://h/1", "https://h/2"])
            #expect(plain.errors.contains("sitemap: 2 addresses, cut short"))
        }
        let json = try await program.run(["sitemap", "--json", "-"], input: Data(text.utf8))
        #expect(json.objects.first?["lastmod"] as? String == "2026-03-09T00:00:00Z")
        let none = try await program.run(["sitemap"], input: Data("<html>".utf8))
        #expect(none.status == 1)
        #expect(none.errors.contains("no sitemap; expected <urlset>"))
    }

    @Test("every one of these commands has a help with examples", arguments: ["url", "robots", "sitemap"])
    func help(command: String) async throws {
        let result = try await program.run([command, "--help"])
        #expect(result.status == 0)
        #expect(result.output.contains("  animematcher \(command) "))
    }
}
