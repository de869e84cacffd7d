import DemoSite
import Foundation
import Storage
import TestSupport
import Testing
import WebStandards

/// Questions under a name that an anime had before.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct FormerIDTests {
    @Test("'similar' and 'recommend --like' follow a former id to what the anime is called now")
    func questions() async throws {
        try await CrawlRig.with(anime: 30, users: 8) { rig in
            try await rig.crawl()
            #expect(try await rig.animematcher("index", "build").status == 0)
            var former = ""
            var main = 0
            try await rig.database.catalogue.forEachAnime { anime in
                let entries = anime["entries"]?.arrayValue ?? []
                guard former.isEmpty, entries.count == 1, anime["description"]?.arrayValue?.isEmpty == false else {
                    return
                }
                former = anime["_id"]?.stringValue ?? ""
                main = Int(entries[0].stringValue?.dropFirst(5) ?? "") ?? 0
            }
            try rig.site.update { catalogue in
                try catalogue.changeAnime(id: main) {
                    $0.title = "Lanterns of the Last Harbour"
                    $0.synonyms = []
                }
            }
            try await rig.crawl(["--start", "\(rig.origin)/anime/\(main)"])
            #expect(try await rig.animematcher("index", "update").status == 0)
            let similar = try await rig.animematcher("similar", former)
            #expect(
                similar.lines.first?.hasPrefix("like Lanterns of the Last Harbour,") == true,
                "\(similar.output)\(similar.errors)")
            let liked = try await rig.animematcher("recommend", "--like", former)
            #expect(liked.lines.first?.contains("Lanterns of the Last Harbour") == true, "\(liked.errors)")
        }
    }
}
