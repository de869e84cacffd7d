import CrawlDomain
import Foundation
import Testing
import WebStandards

@testable import CrawlEngine

@Suite("ScheduleReader")
struct ScheduleReaderTests {
    private func configuration(_ text: String) throws -> Configuration {
        try Configuration(name: "c.yaml", bytes: Array(text.utf8))
    }

    private func mistakes(_ text: String) -> [String] {
        do {
            _ = try configuration(text)
            return []
        } catch {
            return (error as? YAMLError)?.mistakes.map(\.description) ?? ["\(error)"]
        }
    }

    @Test("every key is read, at the top level and with a site")
    func everything() throws {
        let schedules = try configuration(
            """
            schedules:
              - name: nightly
                site: demo
                cron: "30 4 * * 1-5"
                zone: Europe/Berlin
                clock_changes: literal
                jitter: 10m
                blackout: ["22:00-06:00 Sat,Sun", 12:00-13:00]
                blackout_policy: drop
                catch_up: all
                overlap: wait
                crawl: {start: ["http://127.0.0.1:1/a", "http://127.0.0.1:1/b"], limit: 500}
                enabled: false
            sites:
              other:
                schedules:
                  - {name: often, every: 6h, from: 2026-01-01T01:30:00Z}
                  - {name: tokyo, cron: TZ=Asia/Tokyo @daily}
            """
        ).schedules
        let byName = Dictionary(uniqueKeysWithValues: schedules.map { ($0.name, $0) })
        let nightly = try #require(byName["nightly"])
        #expect(nightly.site == "demo")
        #expect(nightly.zoneName == "Europe/Berlin")
        #expect(nightly.jitter == 600)
        #expect(nightly.blackouts.map(\.description) == ["22:00-06:00 Sat,Sun", "12:00-13:00"])
        #expect(nightly.blackoutPolicy == .drop)
        #expect(nightly.catchUp == .all)
        #expect(nightly.overlap == .wait)
        #expect(!nightly.isEnabled)
        #expect(
            nightly.crawlArguments()
                == ["demo", "--start=http://127.0.0.1:1/a", "--start=http://127.0.0.1:1/b", "--limit=500"])
        #expect(nightly.crawlArguments(resumes: true) == ["demo", "--limit=500", "--resume"])
        #expect(try #require(byName["often"]).site == "other")
        #expect(try #require(byName["often"]).timing == .every(seconds: 21_600, from: 1_767_231_000))
        #expect(try #require(byName["tokyo"]).zoneName == "Asia/Tokyo")
        #expect(try #require(byName["tokyo"]).catchUp == .latest)
    }

    @Test("what is wrong is said with its place and what is expected")
    func wrong() {
        let found = mistakes(
            """
            schedules:
              - {name: Night!, site: demo, cron: "0 4 * * *"}
              - {name: b, cron: "0 25 * * *", site: demo}
              - {name: c, site: demo}
              - {name: d, site: demo, every: 6h, cron: "@daily"}
              - {name: e, site: demo, every: 1500ms, jiter: 1m}
              - {name: f, site: demo, cron: "@daily", zone: Europe/Atlantis}
              - {name: g, site: demo, cron: "TZ=Asia/Tokyo @daily", zone: UTC}
              - {name: h, site: demo, cron: "@daily", blackout: "22-06"}
              - {name: i, site: demo, cron: "@daily", catch_up: some}
              - {name: j, site: demo, cron: "@daily", catch_up: all, overlap: skip}
              - {name: k, site: demo, cron: "@daily", crawl: {limits: 3}}
              - {name: l, cron: "@daily"}
              - {name: m, site: demo, cron: "0 0 30 2 *"}
              - {name: n, site: demo, cron: "@daily", blackout: "00:00-24:00"}
              - {name: n2, site: demo, cron: "@daily", blackout: "23:00-01:00", blackout_policy: drop}
              - {name: o, site: demo, cron: "@daily", from: 2026-01-01}
              - {name: p, site: demo, every: 1h, from: soon, clock_changes: adjust}
              - {name: q, site: demo, every: 1h}
              - {name: q, site: demo, every: 2h}
            sites:
              demo:
                schedules: [{name: r, site: other, every: 1h}, {name: q, every: 1h}]
            """)
        let expected = [
            ("c.yaml:2:12:", "small letters"), ("c.yaml:3:21:", "hour"), ("c.yaml:4:5:", "one of the keys"),
            ("c.yaml:5:", "give either cron or every"), ("c.yaml:6:", "whole seconds"),
            ("c.yaml:6:", "did you mean 'jitter'"),
            ("c.yaml:7:49:", "time zone"), ("c.yaml:8:", "names a zone already"), ("c.yaml:9:", "22:00-06:00"),
            ("c.yaml:10:", "expected one of none, latest, all"), ("c.yaml:11:", "needs overlap: wait"),
            ("c.yaml:12:", "did you mean 'limit'"), ("c.yaml:13:5:", "'site' is missing"),
            ("c.yaml:14:5:", "never fires"),
            ("c.yaml:15:5:", "never fires"), ("c.yaml:16:5:", "never fires"), ("c.yaml:17:", "goes with every"),
            ("c.yaml:18:", "expected a time such as"), ("c.yaml:18:", "goes with cron"),
            ("c.yaml:20:5:", "a schedule 'q' already"), ("c.yaml:23:", "expected 'demo'"),
            ("c.yaml:", "there is a schedule 'q' already"),
        ]
        for (place, text) in expected {
            #expect(found.contains { $0.hasPrefix(place) && $0.contains(text) }, "\(place) \(text)\n\(found)")
        }
        // One mistake each, but for lines 6 and 18, and q twice.
        #expect(found.count == expected.count, "\(found.joined(separator: "\n"))")
    }

    @Test("options of the crawl are read in either spelling, and checked with the schedule, as its jitter is")
    func crawlOptions() throws {
        let schedules = try configuration(
            """
            schedules:
              - name: a
                site: demo
                every: 1h
                crawl: {max_time: 2h, max-items: 7, max_errors: 5, no_new_items: 30m, min_yield: 1.5, yield-pages: 200}
            """
        ).schedules
        #expect(
            schedules.first?.crawlArguments() == [
                "demo", "--max-time=2h", "--max-items=7", "--max-errors=5", "--no-new-items=30m", "--min-yield=1.5",
                "--yield-pages=200",
            ])
        let found = mistakes(
            """
            schedules:
              - {name: a, site: demo, every: 1h, crawl: {limit: many}}
              - {name: b, site: demo, every: 1h, crawl: {max_time: 2}}
              - {name: c, site: demo, every: 1h, crawl: {limit: [1, 2]}}
              - {name: d, site: demo, every: 1h, crawl: {start: anime/1}}
              - {name: e, site: demo, every: 1h, crawl: {min_yield: 0}}
              - {name: f, site: demo, every: 1h, jitter: 500ms}
              - {name: g, site: demo, every: 1h, crawl: {yield_pages: 5}}
              - {name: h, site: demo, every: 1h, crawl: {start: []}}
              - {name: i, site: demo, every: 1h, jitter: 1h}
              - {name: j, site: demo, cron: "@daily", jitter: 24h}
              - {name: k, site: demo, cron: "5 * * * *", jitter: 50m, blackout: "22:00-06:00"}
              - {name: l, site: demo, cron: "0 */4 * * *", zone: Europe/Berlin, jitter: 210m}
            """)
        let expected = [
            ("c.yaml:2:53:", "a whole number from 1, found 'many'"), ("c.yaml:3:56:", "a time such as 90s"),
            ("c.yaml:4:", "expected a text"), ("c.yaml:5:", "an address like"), ("c.yaml:6:", "above 0"),
            ("c.yaml:7:", "whole seconds"), ("c.yaml:8:", "yield_pages goes with min_yield"),
            ("c.yaml:9:", "at least one value"), ("c.yaml:10:", "less than the time between fires"),
            ("c.yaml:11:", "less than the time between fires"),
            ("c.yaml:12:", "less than the time between fires"), ("c.yaml:13:", "less than the time between fires"),
        ]
        #expect(found.count == expected.count, "\(found.joined(separator: "\n"))")
        for (mistake, (place, text)) in zip(found, expected) {
            #expect(mistake.hasPrefix(place) && mistake.contains(text), "\(mistake)")
        }
    }

    @Test("a spider's schedules are its site's; those of the configuration stand for them")
    func sources() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("schedules-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        func write(_ name: String, _ text: String) throws {
            try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        }
        func spider(_ site: String, _ schedules: String) -> String {
            "site: \(site)\nhosts: [127.0.0.1]\npages:\n  top: {url: /top, links: [a]}\nschedules: \(schedules)\n"
        }
        try write("a.yaml", spider("a", "[{name: night, cron: '@daily'}, {name: hour, cron: '@hourly'}]"))
        try write("b.yaml", spider("b", "[{name: night, cron: '@daily'}]"))
        try write("broken.yaml", spider("broken", "[{name: x, every: often}]"))
        try write("away.yaml", spider("away", "[{name: y, every: 1h, crawl: {start: 'http://127.0.0.1/else'}}]"))
        let file = folder.appendingPathComponent("c.yml").path
        try write(
            "c.yml",
            """
            schedules:
              - {name: hour, site: a, every: 2h, crawl: {start: 'http://127.0.0.1/top'}}
              - {name: lost, site: nowhere, every: 2h}
              - {name: far, site: a, every: 2h, crawl: {start: ['http://127.0.0.1/top', 'https://example.org/top']}}
            """)
        let sources = ScheduleSources(
            configurationFile: file,
            spiders: SpiderLoader(directory: folder.path, schemas: try SpiderFixtures.schemas()))
        let content = sources.load()
        #expect(
            content.schedules.map { "\($0.name) \($0.site) \($0.timing)" } == ["hour a every 2h", "night a @daily"])
        #expect(content.problems.count == 5, "\(content.problems)")
        #expect(
            content.problems.contains {
                $0.contains(
                    "c.yml: the schedule 'far' is left out: its crawls start at https://example.org/top, which is no page"
                )
            })
        #expect(
            content.problems.contains {
                $0.contains("away.yaml:5:") && $0.contains("'y' starts at http://127.0.0.1/else")
            })
        #expect(content.brokenSites == ["away", "broken"])
        #expect(content.problems.contains { $0.contains("broken.yaml:5:") })
        #expect(content.problems.contains { $0.contains("'night' of b is left out") })
        #expect(content.problems.contains { $0.contains("no spider 'nowhere'") })
        let before = sources.fingerprint
        try write("b.yaml", spider("b", "[]"))
        #expect(sources.fingerprint != before)
    }
}
