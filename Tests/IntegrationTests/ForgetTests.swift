import CrawlDomain
import CrawlEngine
import DemoSite
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing
import WebStandards

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct ForgetTests {
    /// Somebody with a public list who has written a review.
    private func somebody(_ rig: CrawlRig) async throws -> DemoUser {
        let authors = try await rig.temporary.client.database(rig.temporary.name).collection("reviews").find().all()
            .compactMap { $0["author"]?.stringValue }
        return try #require(
            rig.site.catalogue?.users.first { !$0.isPrivate && !$0.rows.isEmpty && authors.contains($0.name) })
    }

    /// Every document of the database that names a person, by collection; bodies decoded.
    private func mentions(_ name: String, _ rig: CrawlRig) async throws -> [String: Int] {
        var found: [String: Int] = [:]
        let database = rig.temporary.client.database(rig.temporary.name)
        for collection in try await database.collectionNames() where collection != "pages" {
            for document in try await database.collection(collection).find().all()
            where try document.extendedJSON().localizedCaseInsensitiveContains(name) {
                found[collection, default: 0] += 1
            }
        }
        _ = try await rig.database.pages.forEach(site: "demo") { page in
            if String(decoding: try page.decodedBody(), as: UTF8.self).contains(name) {
                found["pages", default: 0] += 1
            }
        }
        return found
    }

    @Test("a person who asks for it is found nowhere in the database, and does not come back with the next crawl")
    func forgotten() async throws {
        try await CrawlRig.with(anime: 40, users: 12) { rig in
            try await rig.crawl()
            #expect(try await rig.animematcher("index", "build").status == 0)
            let person = try await somebody(rig)
            let others = try await rig.users().count
            let before = try await mentions(person.name, rig)
            #expect((before["users"] ?? 0) >= 1 && (before["reviews"] ?? 0) >= 1 && (before["frontier"] ?? 0) >= 1)

            let look = try await rig.animematcher("forget", person.name, "--site", "demo", "--dry-run", "--json")
            #expect(try await mentions(person.name, rig) == before)
            let done = try await rig.animematcher("forget", person.name, "--site", "demo", "--json")
            #expect(done.status == 0, "\(done.errors)")
            let sites = try #require(done.object["sites"] as? [[String: Any]])
            #expect(sites.first?.number("lists") == 1 && (sites.first?.number("reviews") ?? 0) >= 1)
            let dry = try #require(look.object["sites"] as? [[String: Any]])
            for count in ["lists", "reviews", "pages", "urls"] {
                #expect(dry.first?.number(count) == sites.first?.number(count), "\(count)")
            }
            // What is left of the name is the row that tells consumers what to delete.
            let left = try await mentions(person.name, rig)
            #expect(left == ["changes": 1])
            #expect(try await rig.users().count == others - 1)
            let recommended = try await rig.animematcher("recommend", "demo:\(person.name)")
            #expect(recommended.status == 1)
            #expect(try await rig.animematcher("index", "verify").status == 0)

            let asked = rig.site.log.settledEntries().count
            try await rig.crawl(rig.starts)
            let since = rig.site.log.settledEntries().dropFirst(asked).map(\.path)
            #expect(!since.isEmpty)
            #expect(!since.contains { $0.contains("/\(person.name)") })
            // Pages that speak of the person were read again, and not kept.
            #expect(try await mentions(person.name, rig) == ["changes": 1])

            let lifted = try await rig.animematcher("forget", person.name, "--site", "demo", "--lift", "--json")
            #expect(lifted.object.number("lifted") == 1)
            try await rig.crawl(["--start", "\(rig.origin)/animelist/\(person.name)?status=7"])
            #expect(try await mentions(person.name, rig)["users"] == 1)
            // What others' pages say of the person is read again, though those have not changed.
            #expect(try await rig.animematcher("frontier", "reset", "demo").status == 0)
            try await rig.crawl(rig.starts)
            let back = try await mentions(person.name, rig)
            #expect(back["reviews"] == before["reviews"] && (back["pages"] ?? 0) >= 1, "\(back)")
        }
    }

    @Test("a name that is nobody's is told, and refused too from then on; none at all is a usage error")
    func nobody() async throws {
        try await CrawlRig.with(anime: 5, users: 2) { rig in
            let none = try await rig.animematcher("forget", "nobody-at-all", "--site", "demo")
            #expect(none.status == 0)
            #expect(none.output.contains("removed 0 lists, 0 reviews"))
            #expect(try await rig.database.forgotten.count() == 1)
            #expect(try await rig.animematcher("forget", " ").status == 64)
            let unknown = try await rig.animematcher("forget", "x", "--site", "nowhere")
            #expect(unknown.status == 1)
        }
    }

    @Test("lists of people who have been inactive for too long go, and crawls take them in no more")
    func inactive() async throws {
        try await CrawlRig.with(anime: 30, users: 12) { rig in
            try await rig.crawl()
            let before = try await rig.users()
            let newest = before.mapValues { user in
                (user["list"]?.arrayValue ?? []).compactMap { $0["updated"]?.stringValue }.max() ?? "9999"
            }
            // Between the two people in the middle.
            let dates = newest.values.filter { $0 != "9999" }.sorted()
            let middle = try #require(ISO8601DateFormatter().date(from: dates[dates.count / 2]))
            let days = Int(-middle.timeIntervalSinceNow / 86_400) + 1
            let home = try ProgramHome(
                spider: "extends: demo", site: "unused", configuration: "people: {inactive_after: \(days)d}")
            defer { home.remove() }
            let configuration = ["--config", home.configuration.path]
            let dry = try await rig.animematcher(["forget", "--inactive", "--dry-run", "--json"] + configuration)
            let gone = try #require(dry.object.number("lists"))
            #expect(gone > 0 && gone < before.count)
            let done = try await rig.animematcher(["forget", "--inactive", "--json"] + configuration)
            #expect(done.object.number("lists") == gone)
            let left = try await rig.users()
            #expect(left.count == before.count - gone)
            let cutoff = try #require(done.object["before"] as? String)
            #expect(left.keys.allSatisfy { (newest[$0] ?? "") >= cutoff })

            let somebody = try #require(newest.first { $0.value < cutoff }?.key.dropFirst("demo:".count))
            // The page has not changed, and would not be sent again.
            #expect(try await rig.animematcher("frontier", "reset", "demo", "--whole").status == 0)
            let summary = try await rig.crawl(
                ["--start", "\(rig.origin)/animelist/\(somebody)?status=7"] + configuration)
            #expect(summary.number("drops.inactive") == gone)
            #expect(try await rig.users().count == left.count)
            // Without the setting there is nothing to go by.
            #expect(try await rig.animematcher("forget", "--inactive").status == 1)
        }
    }
}
