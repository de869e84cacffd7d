import DemoSite
import Foundation
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct HostileOutputTests {
    private static let text = "x\n2026-01-01 00:00:00 error forged\r\u{1B}]0;owned\u{07}\u{202E}%n\u{9B}2J"

    private func obeyed(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { scalar in
            scalar != "\n" && [.control, .format].contains(scalar.properties.generalCategory)
        }
    }

    @Test("titles, headers and redirects with line ends and escapes come out as one line each, escaped and bounded")
    func crawl() async throws {
        try await CrawlRig.with(anime: 6, users: 0) { rig in
            let ids = try #require(rig.site.catalogue).anime.map(\.id)
            try rig.site.update {
                try $0.changeAnime(id: ids[0]) { $0.title = Self.text }
                try $0.changeAnime(id: ids[1]) { $0.title = String(repeating: "\u{1B}[31m", count: 100_000) }
            }
            rig.site.setBehaviour(
                Behaviour(rules: [
                    BehaviourRule(.redirect("/anime/\u{1B}[2Jx\u{9B}"), path: "/anime/\(ids[2])/*"),
                    BehaviourRule(.header(["X-Robots-Tag: \u{1B}[2J, noindex"]), path: "/anime/\(ids[3])/*"),
                ]))
            let result = try await rig.animematcher(
                "crawl", "demo", "--log-level", "debug", "--start", "\(rig.origin)/topanime.php")
            let event = /\d\d:\d\d:\d\d\.\d+Z? (debug|info|notice|warning|error) .*/
            // libmongoc says so itself, where a killed program of the same process id left its counters behind.
            let counters = "mongoc: Falling back to malloc for counters"
            for line in result.errors.split(separator: "\n") where !line.contains(counters) {
                #expect(line.wholeMatch(of: event) != nil && line.utf8.count < 20_000, "\(line.prefix(300))")
            }
            #expect(result.errors.contains("noindex"), "\(result.errors)")
            let list = try await rig.animematcher("frontier", "list", "demo")
            let catalogue = try await rig.animematcher("catalog", "--like", "x")
            for text in [result.errors, result.output, list.output, list.errors, catalogue.output, catalogue.errors] {
                #expect(obeyed(text).isEmpty, "\(obeyed(text))")
                #expect(!text.split(separator: "\n").contains { $0.hasPrefix("2026-01-01") })
            }
        }
    }

    @Test(
        "an error that quotes what is not a URL, a title or a path cannot add an escape", arguments: ["url", "similar"])
    func errors(command: String) async throws {
        let result = try await Program("animematcher").run([command, "\u{1B}]0;owned\u{07}\u{9B}"])
        #expect(result.status != 0)
        #expect(!result.errors.isEmpty && obeyed(result.errors).isEmpty, "\(result.errors)")
    }
}
