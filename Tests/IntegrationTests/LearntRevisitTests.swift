import CrawlDomain
import DemoSite
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing
import WebStandards

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct LearntRevisitTests {
    private static let day: TimeInterval = 86_400

    @Test("what airs is asked again sooner than what has ended, and sooner still where it changed")
    func classes() async throws {
        try await CrawlRig.with(anime: 16, users: 0) { rig in
            try rig.site.update { catalogue in
                for (offset, anime) in catalogue.anime.enumerated() {
                    try catalogue.changeAnime(id: anime.id) { $0.status = offset < 2 ? .airing : .finished }
                }
            }
            let anime = try #require(rig.site.catalogue).anime
            try await rig.crawl(rig.ranking)
            let first = try await rig.plans()
            #expect(first[anime[0].path]?.className == "airing" && first[anime[2].path]?.className == nil)
            #expect(abs((first[anime[0].path]?.due ?? 0) - 2 * Self.day) < 0.15 * Self.day)
            #expect(abs((first[anime[2].path]?.due ?? 0) - 30 * Self.day) < 2 * Self.day)

            try await rig.travel(days: 3)
            let text = "A new synopsis. " + String(repeating: "Words. ", count: 40)
            try rig.site.update { catalogue in
                for id in [anime[0].id, anime[2].id] { try catalogue.changeAnime(id: id) { $0.synopsis = text } }
            }
            try await rig.crawl(["--resume"])
            let asked = Set(rig.askedAnime)
            #expect(asked == [anime[0].path, anime[1].path], "\(asked)")
            let second = try await rig.plans()
            let (changed, unchanged) = (second[anime[0].path], second[anime[1].path])
            #expect(changed?.changes == 1 && unchanged?.changes == 0)
            #expect((changed?.rate ?? 0) > (unchanged?.rate ?? 1))
            #expect((changed?.due ?? 9e9) < Self.day && (unchanged?.due ?? 0) > 3 * Self.day)
        }
    }

    @Test("a counter that has moved is no change, a text is; both are stored")
    func counters() async throws {
        try await CrawlRig.with(anime: 8, users: 0) { rig in
            try await rig.crawl(rig.ranking)
            let anime = try #require(rig.site.catalogue).anime.filter { $0.status == .finished }
            let (counted, edited) = (anime[0], anime[1])
            try rig.site.update { catalogue in
                try catalogue.changeAnime(id: counted.id) { $0.members += 1_000 }
                try catalogue.changeAnime(id: edited.id) { $0.duration = "25 min. per ep." }
            }
            try await rig.travel(days: 40)
            try await rig.crawl(["--resume"])
            let plans = try await rig.plans()
            #expect(plans[counted.path]?.visits == 1 && plans[counted.path]?.changes == 0)
            #expect(plans[edited.path]?.visits == 1 && plans[edited.path]?.changes == 1)
            let members = try await rig.entries()["demo:\(counted.id)"]?["members"]?.intValue.map { Int($0) }
            #expect(members == counted.members + 1_000)
        }
    }

    @Test("of a ranking whose rows are as they were but for one, only that one's anime is asked")
    func rankingSignal() async throws {
        try await CrawlRig.with(anime: 20, users: 0) { rig in
            try await rig.crawl(rig.ranking)
            let anime = try #require(rig.site.catalogue).anime.filter { $0.status == .finished }
            let before = try await rig.plans()
            try await rig.travel(days: 5)
            try rig.site.update { catalogue in
                try catalogue.changeAnime(id: anime[0].id) { $0.episodes = ($0.episodes ?? 0) + 1 }
                try catalogue.changeAnime(id: anime[1].id) { $0.members += 5 }
            }
            try await rig.crawl(rig.ranking)
            #expect(rig.asked(of: anime) == [anime[0].path])
            let after = try await rig.plans()
            #expect(after[anime[0].path]?.changes == 1)
            for quiet in anime.dropFirst() {
                // Confirmed without a request: its interval counts from now, and five days have been taken off what was left.
                #expect((after[quiet.path]?.due ?? 0) > (before[quiet.path]?.due ?? 0) - 2 * Self.day)
                #expect((after[quiet.path]?.rate ?? 1) < (before[quiet.path]?.rate ?? 0))
            }
            // The same list once more says nothing new.
            rig.site.log.clear()
            try await rig.crawl(rig.ranking)
            #expect(rig.asked(of: anime) == [])
        }
    }

    @Test(
        "a sitemap makes due what changed after its last visit, confirms what did not, and is not believed about the future"
    )
    func sitemap() async throws {
        try await CrawlRig.with(anime: 16, users: 0) { rig in
            let home = try ProgramHome(
                spider: "extends: demo\nsite: mapped\nsitemaps: {pages: [anime], priority: 2}\n", site: "mapped")
            defer { home.remove() }
            func crawl() async throws {
                let program = Program("animematcher", environment: rig.environment.merging(home.environment) { $1 })
                let result = try await program.run([
                    "crawl", "mapped", "--json", "--start", "\(rig.origin)/sitemap.xml",
                ])
                #expect(result.status == 0, "\(result.errors)")
            }
            try await crawl()
            let anime = try #require(rig.site.catalogue).anime.filter { $0.status == .finished }
            let before = try await rig.plans()
            try await rig.travel(days: 5)
            let dates = [
                Date(), Date(timeIntervalSinceNow: -20 * Self.day), Date(timeIntervalSinceNow: 9_000 * Self.day),
            ]
            try rig.site.update { catalogue in
                for (date, anime) in zip(dates, anime) {
                    try catalogue.changeAnime(id: anime.id) { $0.lastModified = date.formatted(.iso8601) }
                }
            }
            try await crawl()
            #expect(rig.asked(of: anime) == [anime[0].path])
            let after = try await rig.plans()
            func moved(_ index: Int) -> TimeInterval {
                (after[anime[index].path]?.due ?? 0) - (before[anime[index].path]?.due ?? 0)
            }
            #expect(moved(1) > -2 * Self.day, "confirmed: due moves on")
            #expect(abs(moved(2) + 5 * Self.day) < 0.1 * Self.day, "not believed: as if nothing had been said")
            #expect(abs(moved(3) + 5 * Self.day) < 0.1 * Self.day, "nothing was said")
        }
    }

    @Test("a run shares out the site's budget and leaves the shares in the database")
    func shares() async throws {
        try await CrawlRig.with(anime: 8, users: 0) { rig in
            try await rig.crawl(rig.ranking)
            try await rig.crawl(["--resume"])
            let shares = try #require(try await rig.database.revisits.shares(site: "demo"))
            #expect(shares.budget > 0 && shares.multiplier >= 0)
            let census = try await rig.database.revisits.census(site: "demo")
            let visited = census.groups.filter { $0.page == "anime" }.reduce(0) { $0 + $1.pages }
            #expect(visited == 8)
        }
    }
}

/// What the frontier plans for a page.
private struct Plan {
    let className: String?
    let visits: Int
    let changes: Int
    let rate: Double
    /// Seconds from now.
    let due: TimeInterval
}

extension CrawlRig {
    fileprivate var ranking: [String] { ["--start", "\(origin)/topanime.php"] }

    /// Anime pages asked since the log was cleared, without their reviews.
    fileprivate var askedAnime: [String] {
        site.log.settledEntries().map(\.path).filter { $0.hasPrefix("/anime/") && !$0.contains("/reviews") }
    }

    fileprivate func asked(of anime: [DemoAnime]) -> [String] {
        let paths = Set(anime.map(\.path))
        return askedAnime.filter(paths.contains)
    }

    private var frontier: MongoCollection { temporary.client.database(temporary.name).collection("frontier") }

    /// Path → plan.
    fileprivate func plans() async throws -> [String: Plan] {
        var plans: [String: Plan] = [:]
        for row in try await frontier.find(["page": "anime"]).all() {
            guard let url = row["url"]?.stringValue, let revisit = row["revisit"]?.documentValue,
                let due = row["due"]?.dateValue
            else { continue }
            plans[String(url.dropFirst(origin.count))] = Plan(
                className: revisit["class"]?.stringValue, visits: revisit["visits"]?.intValue ?? -1,
                changes: (revisit["changed"]?.arrayValue?.count ?? -2) / 2, rate: revisit["rate"]?.doubleValue ?? -1,
                due: due.timeIntervalSinceNow)
        }
        return plans
    }

    /// Makes everything in the frontier so many days older, and the access log empty.
    fileprivate func travel(days: Int) async throws {
        let back: BSONValue = .int64(Int64(days) * 86_400_000)
        func earlier(_ field: BSONValue) -> BSONValue { ["$subtract": [field, back]] }
        try await frontier.updateMany(
            ["revisit": ["$ne": .null]],
            .pipeline([
                [
                    "$set": [
                        "due": earlier("$due"), "visited": earlier("$visited"),
                        "revisit.seen": earlier("$revisit.seen"),
                    ]
                ]
            ]))
        try await temporary.client.database(temporary.name).collection("queues").updateMany(
            ["ready_at": ["$ne": .null]], .pipeline([["$set": ["ready_at": earlier("$ready_at")]]]))
        site.log.clear()
    }
}
