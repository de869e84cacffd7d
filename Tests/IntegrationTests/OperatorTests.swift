import DemoSite
import Foundation
import Storage
import TestSupport
import Testing

/// What commands say to somebody who makes a mistake, or whose files have one.
@Suite(.serialized, .enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct OperatorTests {
    @Test("a site that there is no spider for is no empty site", arguments: ["status", "list", "reset", "retry"])
    func unknownSite(command: String) async throws {
        try await CrawlRig.with(anime: 1, users: 0) { rig in
            let result = try await rig.animematcher("frontier", command, "dmo")
            #expect(result.status == 1)
            #expect(result.errors.contains("there is no such spider; there are "), "\(result.errors)")
            #expect(result.errors.contains("demo, "), "\(result.errors)")
            #expect(result.output.isEmpty)
        }
    }

    @Test(
        "a site that neither a spider nor the database knows is told, one of which something was imported is shown",
        arguments: [
            ["drift", "list"], ["quarantine", "list"], ["pages", "prune"], ["export", "entries", "-", "--site"],
        ])
    func strangeSite(command: [String]) async throws {
        try await CrawlRig.with(anime: 1, users: 0) { rig in
            let strange = try await rig.animematcher(command + ["dmo"])
            #expect(strange.status == 1 && strange.output.isEmpty)
            #expect(strange.errors.contains("there is no such spider; there are "), "\(strange.errors)")
            #expect(try await rig.animematcher(command + ["demo"]).status == 0)
            let imported = try await rig.program.run(
                ["import", "entries", "-", "--site", "dmo"], input: Data(#"{"mal_id": 1, "title": "Lanterns"}"#.utf8))
            #expect(imported.status == 0, "\(imported.errors)")
            let known = try await rig.animematcher(command + ["dmo"])
            #expect(known.status == 0, "\(known.errors)")
        }
    }

    @Test("a kind of page that the spider does not read is told from one that is as it should be")
    func strangePage() async throws {
        try await CrawlRig.with(anime: 1, users: 0) { rig in
            let strange = try await rig.animematcher("drift", "show", "demo", "--page", "anme")
            #expect(strange.status == 1 && strange.errors.contains("no pages of the kind 'anme'"), "\(strange.errors)")
            #expect(strange.errors.contains("it knows ") && strange.errors.contains("anime"))
            #expect(try await rig.animematcher("drift", "show", "demo", "--page", "anime").status == 0)
        }
    }

    @Test("the queue is looked at and changed without naming its site")
    func withoutSite() async throws {
        try await CrawlRig.with(anime: 3, users: 0) { rig in
            let url = "\(rig.origin)/anime/1"
            #expect(try await rig.animematcher("frontier", "status").output.isEmpty)
            #expect(try await rig.animematcher("frontier", "add", url).output == "1 URL is due\n")
            let status = try await rig.animematcher("frontier", "status")
            #expect(status.output.hasPrefix("demo\n  due: 1\n"), "\(status.output)")
            let counts = try await rig.animematcher("frontier", "status", "--json").object["demo"] as? [String: Any]
            #expect(counts?["due"] as? Int == 1)
            #expect(try await rig.animematcher("frontier", "list", "--state", "due").output == "anime  \(url)\n")
            #expect(try await rig.animematcher("crawl", "demo", "--resume", "--limit", "1").status == 0)
            #expect(try await rig.animematcher("frontier", "reset").output.hasPrefix("1 URL"))
            #expect(try await rig.animematcher("frontier", "retry").output == "0 URLs are due\n")
            #expect(try await rig.animematcher("frontier", "retry", url).output == "0 URLs are due\n")
            let stranger = try await rig.animematcher("frontier", "add", "http://example.invalid/x")
            #expect(stranger.status == 1)
            #expect(stranger.errors.contains("no spider reads it"), "\(stranger.errors)")
        }
    }

    @Test("crawls are paused and ended also while their spider has a mistake")
    func brokenSpider() async throws {
        try await CrawlRig.with(anime: 1, users: 0) { rig in
            let home = try ProgramHome(spider: "site: broken\npagse: {}\n", site: "broken", configuration: "{}\n")
            defer { home.remove() }
            let program = Program("animematcher", environment: rig.environment.merging(home.environment) { $1 })
            #expect(try await program.run(["crawl", "broken"]).status == 1)
            for command in ["pause", "resume", "stop", "status"] {
                let result = try await program.run(["control", command, "broken"])
                #expect(result.status == 0, "\(command): \(result.errors)")
            }
        }
    }

    @Test("a crawl whose only host is paused says what holds it up, and fails")
    func pausedHost() async throws {
        try await CrawlRig.with(anime: 3, users: 0) { rig in
            let url = "\(rig.origin)/anime/1"
            let added = try await rig.animematcher("frontier", "add", "demo", url)
            #expect(added.output == "1 URL is due\n")
            let host = "127.0.0.1:\(rig.site.port)"
            #expect(try await rig.animematcher("control", "pause", "demo", "--host", host).status == 0)
            let result = try await rig.animematcher("crawl", "demo", "--resume", "--json")
            #expect(result.status == 1)
            let reason = result.object["reason"] as? String
            #expect(reason == "nothing left to do on hosts that are not paused; \(host) is paused")
            #expect(try await rig.animematcher("control", "resume", "demo", "--host", host).status == 0)
            #expect(try await rig.animematcher("crawl", "demo", "--resume", "--limit", "1").status == 0)
        }
    }

    @Test("a configuration with a mistake is said once, and is no calendar without fires")
    func brokenConfiguration() async throws {
        try await ScheduleRig.with("  - {name: night, site: demo, cron: \"30 25 * * *\"}") { rig in
            for arguments in [["list"], ["next"], ["run", "night"], ["pause", "night"]] {
                let result = try await Program("animematcher", environment: rig.environment)
                    .run(["schedule"] + arguments)
                #expect(result.status == 1, "\(arguments)")
                #expect(result.output.isEmpty)
                #expect(result.errors.ranges(of: "animematcher.yaml:2:").count == 1, "\(result.errors)")
                #expect(result.errors.contains("a number from 0 to 23"))
                #expect(!result.errors.contains("none is defined"))
            }
        }
    }

    @Test(
        "no line of a help text is broken in its middle",
        arguments: [
            "", "crawl", "reparse", "import", "import entries", "import ratings", "import list",
            "import reviews", "import users", "control", "control status", "control pause",
            "control resume", "control rate", "control stop", "frontier", "frontier status", "frontier list",
            "frontier add", "frontier recrawl", "frontier retry", "frontier reset", "schedule", "schedule list",
            "schedule next", "schedule run", "schedule pause", "schedule resume", "extract", "spider shell",
            "spider check", "spider record", "spider new", "select", "robots", "sitemap", "url", "doctor", "evaluate",
            "export", "import pages", "pages", "pages status", "pages prune", "backup", "restore",
        ])
    func help(command: String) async throws {
        let help = try await Program("animematcher").run(command.split(separator: " ").map(String.init) + ["--help"])
        let lines = help.output.split(separator: "\n", omittingEmptySubsequences: false)
        let overview = lines.prefix { !$0.hasPrefix("USAGE:") }
        for (line, next) in zip(overview, overview.dropFirst()) where !line.isEmpty && !next.isEmpty {
            guard !next.hasPrefix(" ") else { continue }
            #expect(!line.hasPrefix(" "), "an example was broken: \(line)\n\(next)")
            // A paragraph goes on below only where the next word would not have fitted.
            let word = next.prefix { $0 != " " }
            #expect(line.count + 1 + word.count >= 80, "\(line)\n\(next)")
        }
    }
}
