import CrawlDomain
import DemoSite
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing
import WebStandards

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct RevisitTests {
    @Test("a second crawl of an unchanged site is answered \"not modified\" and stores nothing")
    func unchanged() async throws {
        try await CrawlRig.with(anime: 20, users: 6) { rig in
            let first = try await rig.crawl()
            #expect(first.number("counters.not_modified") == 0)
            let before = try await rig.stored()
            try await rig.makeAllDue()
            let second = try await rig.crawl()
            let log = rig.site.log.settledEntries()
            let answered = log.filter { $0.path != "/robots.txt" }
            #expect(answered.count == second.number("counters.pages"))
            // A page that gave nothing was not stored: it is asked for whole.
            let whole = answered.filter { $0.status == 200 }.map(\.path)
            #expect(answered.count { $0.status == 304 } == second.number("counters.not_modified"))
            #expect(whole.allSatisfy { $0.contains("/reviews?") }, "\(whole)")
            #expect(answered.count { $0.status == 304 } > answered.count / 2)
            #expect(answered.filter { $0.status == 304 }.allSatisfy { $0.bytes == 0 })
            #expect(try await rig.stored() == before)
            #expect(second.number("counters.inserted") == 0 && second.number("counters.updated") == 0)
        }
    }

    @Test("what its server calls fresh is not asked for before it is stale, whether it was read or not modified")
    func fresh() async throws {
        try await CrawlRig.with(anime: 12, users: 4, maximumAge: 14_400) { rig in
            let members = ["--start", "\(rig.origin)/users.php?show=0", "--limit", "1"]
            // The spider alone would ask again after an hour.
            for status in [200, 304] {
                rig.site.log.clear()
                let start = Date()
                try await rig.crawl(members)
                #expect(rig.site.log.settledEntries().filter { $0.path != "/robots.txt" }.map(\.status) == [status])
                let row = try #require(try await rig.frontierRow("/users.php?show=0"))
                let due = try #require(row["due"]?.dateValue).timeIntervalSince(start)
                #expect(abs(due - 14_400) < 120, "\(due)")
                #expect(row["revalidation"]?.documentValue?["lifetime"]?.intValue == 14_400)
            }
        }
    }

    @Test("an operator can have whole pages asked for")
    func whole() async throws {
        try await CrawlRig.with(anime: 12, users: 4) { rig in
            try await rig.crawl()
            try await rig.makeAllDue("--whole")
            let second = try await rig.crawl()
            #expect(second.number("counters.not_modified") == 0)
            #expect(second.number("counters.inserted") == 0 && second.number("counters.updated") == 0)
        }
    }

    @Test("a spider that has changed asks for whole pages, since it may find more in them")
    func changedSpider() async throws {
        try await CrawlRig.with(anime: 12, users: 4) { rig in
            try await rig.crawl()
            let spider = Program.project.appendingPathComponent("Spiders/demo.yaml")
            let changed = try String(contentsOf: spider, encoding: .utf8) + "# Another version.\n"
            let home = try ProgramHome(spider: changed, site: "demo")
            defer { home.remove() }
            var statuses: [Set<Int>] = []
            for _ in 0..<2 {
                try await rig.makeAllDue()
                rig.site.log.clear()
                let program = Program("animematcher", environment: rig.environment.merging(home.environment) { $1 })
                let result = try await program.run(["crawl", "demo", "--json"] + rig.starts)
                #expect(result.status == 0, "\(result.errors)")
                let pages = rig.site.log.settledEntries().filter { $0.path.hasPrefix("/anime/") }
                statuses.append(Set(pages.filter { !$0.path.contains("/reviews") }.map(\.status)))
            }
            #expect(statuses == [[200], [304]])
        }
    }

    @Test("of a site that has changed, what has changed comes through, and only that")
    func changed() async throws {
        try await CrawlRig.with(anime: 20, users: 6) { rig in
            try await rig.crawl()
            let ids = try rig.ids
            try rig.site.update {
                try $0.changeAnime(id: ids[0]) {
                    $0.synopsis = "A new synopsis. " + String(repeating: "Words. ", count: 40)
                }
            }
            try await rig.makeAllDue()
            let second = try await rig.crawl()
            let log = rig.site.log.settledEntries()
            #expect(log.contains { $0.path.hasPrefix("/anime/\(ids[0])/") && $0.status == 200 })
            #expect(log.contains { $0.path.hasPrefix("/anime/\(ids[1])/") && $0.status == 304 })
            let entry = try #require(try await rig.entries()["demo:\(ids[0])"])
            #expect(entry["synopsis"]?.stringValue?.hasPrefix("A new synopsis.") == true)
            #expect(second.number("counters.updated") == 1)
            // The new state is the one to be asked by from now on.
            try await rig.makeAllDue()
            try await rig.crawl()
            #expect(
                rig.site.log.settledEntries().contains { $0.path.hasPrefix("/anime/\(ids[0])/") && $0.status == 304 })
        }
    }

    @Test("a page that was answered badly is asked for whole, though its answer had the good page's tag")
    func badPage() async throws {
        try await CrawlRig.with(anime: 12, users: 4) { rig in
            try await rig.crawl()
            try await rig.makeAllDue()
            // The blank answer comes with the tag of the page that should have been there.
            let id = try rig.ids[0]
            try rig.site.update { try $0.changeAnime(id: id) { $0.members += 1 } }
            rig.site.setBehaviour(try Behaviour(parsing: "empty first=1 path=/anime/\(id)/*"))
            try await rig.crawl()
            _ = try await rig.animematcher("frontier", "retry", "demo")
            try await rig.crawl(["--resume"])
            let answers = Dictionary(grouping: rig.site.log.settledEntries(), by: \.path)
                .filter { $0.key.hasPrefix("/anime/\(id)/") && !$0.key.contains("/reviews") }.mapValues {
                    $0.map(\.status)
                }
            #expect(!answers.isEmpty && answers.values.allSatisfy { $0 == [200, 200] }, "\(answers)")
            let members = rig.site.catalogue?.anime(id: id)?.members
            #expect(try await rig.entries()["demo:\(id)"]?["members"]?.intValue.map { Int($0) } == members)
        }
    }

    @Test("\"not modified\" to a request without a condition is an error, and the page is asked for again")
    func contradictory() async throws {
        try await CrawlRig.with(anime: 12, users: 4, behaviour: "304 first=1 path=/anime/*") { rig in
            let first = try await rig.crawl()
            #expect(first.number("counters.not_modified") == 0)
            #expect((first.number("errors.contradictory_304") ?? 0) > 0)
            _ = try await rig.animematcher("frontier", "retry", "demo")
            try await rig.crawl(["--resume"])
            #expect(try await rig.entries().count == rig.site.catalogue?.anime.count)
        }
    }

    @Test("redirects that never end do end, with one record")
    func maze() async throws {
        try await CrawlRig.with(anime: 12, users: 4, behaviour: "redirect-maze path=/users.php*") { rig in
            let summary = try await rig.crawl(["--start", "\(rig.origin)/users.php?show=0"])
            #expect(summary.number("errors.too_many_redirects") == 1)
            #expect(rig.site.log.settledEntries().count { $0.path.hasPrefix("/users.php") } == 21)
            let dead = try await rig.database.frontier.list(site: "demo", state: .dead, limit: 10)
            #expect(dead.map(\.reason) == ["too_many_redirects"])
        }
    }
}

extension CrawlRig {
    /// The numbers of the catalogue's entries.
    fileprivate var ids: [Int] { get throws { try #require(site.catalogue).anime.map(\.id) } }

    /// Makes everything due and the access log empty.
    fileprivate func makeAllDue(_ options: String...) async throws {
        let reset = try await animematcher(["frontier", "reset", "demo"] + options)
        #expect(reset.status == 0, "\(reset.errors)")
        site.log.clear()
    }

    /// What the frontier holds of a path.
    fileprivate func frontierRow(_ path: String) async throws -> BSONDocument? {
        let collection = temporary.client.database(temporary.name).collection("frontier")
        return try await collection.findOne(["url": .string(origin + path)])
    }

    /// What a crawl could have stored: the newest change, and when each page was.
    fileprivate func stored() async throws -> [String] {
        var pages = ["\(try await database.changes.newest())"]
        _ = try await database.pages.forEach(site: "demo") {
            pages.append("\($0.url) \($0.fetchedAt.timeIntervalSince1970)")
        }
        return pages.sorted()
    }
}
