import Foundation
import MongoDriver
import TestSupport
import Testing
import WebStandards

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct LogTests {
    /// The lines of a log as objects; a line that is none is an issue.
    private func objects(_ text: String) -> [JSONObject] {
        text.split(separator: "\n").compactMap { line in
            let object = try? JSONValue(parsing: String(line)).objectValue
            if object == nil { Issue.record("no JSON object: \(line)") }
            return object
        }
    }

    private func home(_ configuration: String) throws -> ProgramHome {
        try ProgramHome(
            spider: try String(
                contentsOf: Program.project.appendingPathComponent("Spiders/demo.yaml"), encoding: .utf8),
            site: "demo", configuration: configuration)
    }

    @Test("each line of a crawl is an object with the run's id, and one about a page has the URL's")
    func crawl() async throws {
        let home = try home("slow: {page: 1ms, query: 1ms}\n")
        defer { home.remove() }
        try await CrawlRig.with(anime: 20, users: 4) { rig in
            let program = Program("animematcher", environment: rig.environment.merging(home.environment) { $1 })
            let result = try await program.run(
                ["crawl", "demo", "--log-format", "json", "--log-level", "debug"] + rig.starts)
            #expect(result.status == 0)
            let lines = objects(result.errors)
            let runs = Set(lines.filter { $0["label"] == .string("crawl") }.map { $0["run"]?.stringValue })
            #expect(runs.count == 1 && runs.first??.hasPrefix("demo-") == true)
            let slow = lines.filter { $0["message"] == .string("a page took long") }
            #expect(!slow.isEmpty)
            let known = try await rig.temporary.client.database(rig.temporary.name).collection("frontier").find([:])
                .all().compactMap { $0["_id"]?.stringValue }
            for line in slow {
                #expect(known.contains(try #require(line["url_id"]?.stringValue)))
                #expect(
                    line["fetch_seconds"] != nil && line["extract_seconds"] != nil && line["site"] == .string("demo"))
            }
            #expect(slow.count <= 25, "the rate is bounded")
            let queries = lines.filter { $0["message"] == .string("a query took long") }
            #expect(queries.contains { $0["shape"]?.stringValue?.contains("?") == true })
            let time = try #require(lines.first?["time"]?.stringValue)
            #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
            // Errors of the command line too.
            let wrong = try await program.run(["crawl", "nowhere", "--log-format", "json"])
            #expect(wrong.status == 1 && objects(wrong.errors).last?["level"] == .string("error"))
        }
    }

    @Test("text carries the run's id as well, and an unknown form is refused")
    func text() async throws {
        try await CrawlRig.with(anime: 3, users: 1) { rig in
            let result = try await rig.animematcher(["crawl", "demo", "--log-level", "debug"] + rig.starts)
            #expect(result.errors.contains(" run=demo-"), "\(result.errors)")
            #expect(try await rig.animematcher("crawl", "demo", "--log-format", "xml").status == 64)
        }
    }
}
