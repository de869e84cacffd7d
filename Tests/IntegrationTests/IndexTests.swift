import DemoSite
import Foundation
import Indexing
import Storage
import TestSupport
import Testing
import WebStandards

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct IndexTests {
    private func recommended(_ rig: CrawlRig, to user: String) async throws -> [String] {
        let result = try await rig.animematcher("recommend", "demo:\(user)", "--json", "--top", "10")
        #expect(result.status == 0, "\(result.errors)")
        let list = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]] ?? []
        return list.compactMap { $0["anime"] as? String }
    }

    @Test("a rating that a crawl writes changes that user's recommendations and nobody else's, without a rebuild")
    func newRating() async throws {
        try await CrawlRig.with(anime: 80, users: 16) { rig in
            try await rig.crawl()
            #expect(try await rig.animematcher("index", "build").status == 0)
            let catalogue = try #require(rig.site.catalogue)
            let known = Set(try await rig.users().keys)
            let members = catalogue.users.filter {
                !$0.isPrivate && $0.rows.count > 5 && known.contains("demo:\($0.name)")
            }
            let (changed, other) = (try #require(members.first), try #require(members.dropFirst().first))
            let before = (try await recommended(rig, to: changed.name), try await recommended(rig, to: other.name))
            let favourite = try #require(before.0.first)
            let entry = try #require(try await rig.entries().values.first { $0["title"]?.stringValue == favourite })

            try rig.site.update { try $0.rate(user: changed.name, animeID: Int(entry["id"]?.intValue ?? 0), score: 10) }
            try await rig.crawl(["--start", "\(rig.origin)/animelist/\(changed.name)?status=7"])
            let lagging = try await rig.animematcher("index", "status", "--json").object
            #expect((lagging.number("lag") ?? 0) > 0)
            let updated = try await rig.animematcher("index", "update", "--json").object
            #expect(updated["built"] as? String == "update")
            #expect(updated.number("lag") == 0)
            let after = (try await recommended(rig, to: changed.name), try await recommended(rig, to: other.name))
            #expect(!after.0.contains(favourite))
            #expect(after.0 != before.0)
            #expect(Set(after.1) == Set(before.1))
            let verified = try await rig.animematcher("index", "verify")
            #expect(verified.status == 0, "\(verified.errors)")
        }
    }

    @Test("the indexer that follows the change stream folds in what is written, by itself")
    func follows() async throws {
        try await CrawlRig.with(anime: 30, users: 8) { rig in
            try await rig.crawl()
            let indexer = Indexer(database: rig.database)
            let built = try await indexer.build()
            let published = AsyncStream<Int>.makeStream()
            let following = Task {
                defer { published.continuation.finish() }
                try await indexer.follow { version, _, _ in published.continuation.yield(version.change) }
            }
            let user = try #require(rig.site.catalogue?.users.first { !$0.isPrivate && !$0.rows.isEmpty })
            let row = try #require(user.rows.first)
            try rig.site.update { try $0.rate(user: user.name, animeID: row.animeID, score: row.score == 9 ? 3 : 9) }
            try await rig.crawl(["--start", "\(rig.origin)/animelist/\(user.name)?status=7"])
            var change = 0
            for await number in published.stream {
                change = number
                break
            }
            #expect(change > built.change)
            following.cancel()
            _ = await following.result
        }
    }

    @Test("after many kinds of changes the index equals a rebuild")
    func equalToRebuild() async throws {
        try await CrawlRig.with(anime: 60, users: 12) { rig in
            try await rig.crawl()
            #expect(try await rig.animematcher("index", "build").status == 0)
            try rig.site.update { catalogue in
                for user in catalogue.users.filter({ !$0.isPrivate && !$0.rows.isEmpty }).prefix(5) {
                    try catalogue.rate(user: user.name, animeID: user.rows[0].animeID, score: 2)
                }
                _ = catalogue.addAnime(title: "Lighthouse of Nobody")
                try catalogue.changeAnime(id: 1) {
                    $0.synopsis = String(repeating: "A lighthouse keeper counts ships. ", count: 8)
                }
            }
            _ = try await rig.animematcher("frontier", "reset", "demo")
            try await rig.crawl()
            #expect(try await rig.animematcher("index", "update").status == 0)
            let verified = try await rig.animematcher("index", "verify")
            #expect(verified.status == 0, "\(verified.errors)")
        }
    }

    @Test("topics, similar anime and recommendations by title answer with reasons")
    func questions() async throws {
        try await CrawlRig.with(anime: 80, users: 16) { rig in
            try await rig.crawl()
            let missing = try await rig.animematcher("topics")
            #expect(missing.status == 1)
            #expect(missing.errors.contains("animematcher index build"))
            #expect(try await rig.animematcher("index", "build").status == 0)
            let topics = try await rig.animematcher("topics")
            #expect(topics.lines.count > 2, "\(topics.output)\(topics.errors)")
            var title = ""
            try await rig.database.catalogue.forEachAnime { anime in
                if title.isEmpty, anime["description"]?.arrayValue?.isEmpty == false {
                    title = anime["_id"]?.stringValue ?? ""
                }
            }
            let similar = try await rig.animematcher("similar", title)
            #expect(similar.lines.count > 1, "\(similar.errors)")
            #expect(similar.output.contains("people like"))
            let liked = try await rig.animematcher("recommend", "--like", title, "--why", "--top", "3")
            #expect(liked.lines.count >= 4, "\(liked.output)\(liked.errors)")
            let unknown = try await rig.animematcher("recommend", "--like", "No Such Title At All")
            #expect(unknown.status != 0)
            #expect(unknown.errors.contains("No Such Title At All"))
        }
    }
}
