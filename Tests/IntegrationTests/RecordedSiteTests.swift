import DemoSite
import Foundation
import Storage
import TestSupport
import Testing
import WebStandards

@Suite(
    .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint),
    .enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct RecordedSiteTests {
    @Test("a crawl of the real host's URLs, connected to the recordings, extracts or drops every page with a reason")
    func recordedPages() async throws {
        let folder = try #require(RecordedMaterial.directory).appendingPathComponent("pages")
        let site = try DemoSiteServer(recorded: try RecordedPages(directory: folder), port: 0)
        defer { site.stop() }
        try await TemporaryDatabase.with { temporary in
            let configuration = FileManager.default.temporaryDirectory.appendingPathComponent(
                "\(UUID().uuidString).yaml")
            defer { try? FileManager.default.removeItem(at: configuration) }
            try Data(
                """
                sites:
                  myanimelist:
                    delay: 0s
                    connect_to:
                      "https://myanimelist.net": "http://127.0.0.1:\(site.port)"
                """.utf8
            ).write(to: configuration)
            let program = Program(
                "animematcher",
                environment: [
                    "MONGODB_URI": temporary.uri, "ANIMEMATCHER_DATABASE": temporary.name,
                    "ANIMEMATCHER_CONFIG": configuration.path,
                ])
            let pages = try RecordedPages(directory: folder).urls
                .filter { $0.firstMatch(of: /\/anime\/\d+(\/[^\/]+)?$/) != nil }.prefix(60)
            let starts = pages.flatMap { ["--start", "https://myanimelist.net\(URL(string: $0)?.path ?? "")"] }
            let result = try await program.run(["crawl", "myanimelist", "--json", "--limit", "150"] + starts)
            #expect(result.status == 0, "\(result.errors)")
            let summary = result.object
            #expect((summary.number("counters.pages") ?? 0) > 40, "\(result.output)")
            #expect((summary.number("entries") ?? 0) > 20, "\(result.output)")
            #expect(summary["errors"] as? [String: Int] == [:], "\(result.output)")
            #expect(site.log.settledEntries().allSatisfy { $0.host == "myanimelist.net" })
        }
    }
}
