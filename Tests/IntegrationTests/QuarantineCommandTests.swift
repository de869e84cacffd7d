import CrawlDomain
import Storage
import TestSupport
import Testing
import WebStandards

/// `animematcher quarantine`, as an operator sees it.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct QuarantineCommandTests {
    private static let text = String(repeating: "A long story. ", count: 20)

    private static func entry(_ number: Int, _ synopsis: String) -> Item {
        Item(
            type: .entry, key: "demo:\(number)",
            fields: [
                "_id": .string("demo:\(number)"), "site": "demo", "id": .int(Int64(number)),
                "url": "http://a.example/anime/1", "title": "Harbour", "type": "TV", "title_synonyms": [],
                "genres": [], "openings": [], "endings": [], "related": [], "adult": false,
                "synopsis": .string(synopsis),
            ])
    }

    @Test("a text that was cut is told by its lengths, and a list that is cut off says so")
    func list() async throws {
        try await CrawlRig.with(anime: 2, users: 1) { rig in
            for text in [Self.text, String(Self.text.prefix(100))] {
                _ = try await rig.database.ledger.store(
                    [Self.entry(1, text), Self.entry(2, text)], cause: ChangeCause(.crawl, id: "r"))
            }
            let all = try await rig.animematcher("quarantine", "list", "demo")
            #expect(
                all.output.contains("demo:1 synopsis: text_cut, stored 280 characters, read 100 characters"), "\(all)")
            #expect(all.output.contains("demo:2") && !all.output.contains("there may be more"))
            let first = try await rig.animematcher("quarantine", "list", "demo", "--limit", "1")
            #expect(!first.output.contains("demo:2") && first.output.contains("there may be more"), "\(first)")
            #expect(try await rig.animematcher("quarantine", "list", "--limit", "0").status != 0)
        }
    }
}
