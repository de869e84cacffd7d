import CrawlDomain
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct PageRetentionTests {
    private func page(_ path: String, _ text: String, at time: TimeInterval, site: String = "demo") -> ArchivedPage {
        let page = RawPage(
            site: site, url: "http://a.example/\(path)", page: "anime", status: 200, contentType: nil,
            body: Array(text.utf8), fetchedAt: Date(timeIntervalSince1970: time))
        return ArchivedPage(page: page, fingerprint: "\(site)-\(path)")
    }

    private func texts(_ pages: PageArchive, site: String = "demo") async throws -> [String] {
        var texts: [String] = []
        let unreadable = try await pages.forEach(site: site) { texts.append(String(decoding: $0.body, as: UTF8.self)) }
        #expect(unreadable == 0)
        return texts
    }

    private let now = Date(timeIntervalSince1970: 1_000_000)

    @Test("what is too old goes, then the oldest of what is too much, of that site only")
    func bounds() async throws {
        try await TemporaryDatabase.with { temporary in
            let pages = temporary.database.pages
            _ = try await pages.store((1...6).map { page("\($0)", "page \($0)", at: 900_000 + Double($0) * 10_000) })
            _ = try await pages.store([page("1", "other", at: 1, site: "other")])
            let all = try await pages.sweep(site: "demo", PageRetention(), now: now)
            #expect(all == PageSweep())
            let few = try await pages.sweep(
                site: "demo", PageRetention(keep: .seconds(75_000), most: 10), now: now, limit: 1)
            #expect(few.deleted == 1)
            let old = try await pages.sweep(site: "demo", PageRetention(keep: .seconds(75_000), most: 3), now: now)
            #expect(old.deleted == 2)
            #expect(try await texts(pages) == ["page 4", "page 5", "page 6"])
            #expect(try await texts(pages, site: "other") == ["other"])
        }
    }

    @Test("equal bodies of a site are kept once and read as before, until their last page goes")
    func sharing() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            let pages = database.pages
            let bodies = temporary.client.database(temporary.name).collection("page_bodies")
            let same = String(repeating: "nobody is here. ", count: 100)
            _ = try await pages.store((1...4).map { page("\($0)", $0 == 4 ? "else" : same, at: Double($0)) })
            _ = try await pages.store([page("9", same, at: 9, site: "other")])
            let first = try await pages.sweep(site: "demo", PageRetention(), now: now)
            #expect(first == PageSweep(folded: 3))
            #expect(try await pages.sweep(site: "demo", PageRetention(), now: now) == PageSweep())
            #expect(try await bodies.count() == 1)
            #expect(try await texts(pages) == [same, same, same, "else"])
            let status = try #require(try await pages.status().first { $0.site == "demo" })
            #expect(status.pages == 4 && status.sharedPages == 3 && status.rawBytes == 3 * same.utf8.count + 4)
            #expect(status.savedBytes > 0 && status.savedBytes * 3 == (status.compressedBytes - 13) * 2)

            // A page of its own again, one more that is the same, one that goes.
            _ = try await pages.store([page("1", "new", at: 20), page("5", same, at: 21)])
            #expect(
                try await pages.sweep(site: "demo", PageRetention(), now: now, since: Date(timeIntervalSince1970: 20))
                    .folded == 1)
            #expect(try await texts(pages) == [same, same, "else", "new", same])
            try await database.forgetPages(["demo-2", "demo-3"], temporary)
            #expect(try await bodies.count() == 1)
            try await database.forgetPages(["demo-5"], temporary)
            #expect(try await bodies.count() == 0)
            #expect(try await texts(pages) == ["else", "new"])
        }
    }

    @Test("a body whose pages were all replaced goes with the next sweep")
    func orphans() async throws {
        try await TemporaryDatabase.with { temporary in
            let pages = temporary.database.pages
            _ = try await pages.store([page("1", "same", at: 1), page("2", "same", at: 2)])
            #expect(try await pages.sweep(site: "demo", PageRetention(), now: now).folded == 2)
            _ = try await pages.store([page("1", "a", at: 3), page("2", "b", at: 4)])
            #expect(try await pages.sweep(site: "demo", PageRetention(), now: now).bodiesDeleted == 1)
            #expect(try await texts(pages) == ["a", "b"])
        }
    }

    @Test("an archive's page takes the place of an older one only")
    func archived() async throws {
        try await TemporaryDatabase.with { temporary in
            let pages = temporary.database.pages
            let result = try await pages.store([page("1", "old", at: 1), page("1", "newer", at: 2)])
            #expect(result.stored == 1 && result.older == 1)
            #expect(try await pages.store([page("1", "older", at: 1)]).older == 1)
            #expect(try await texts(pages) == ["newer"])
        }
    }
}

extension AnimeDatabase {
    fileprivate func forgetPages(_ fingerprints: [String], _ temporary: TemporaryDatabase) async throws {
        try await temporary.client.withTransaction { session throws(StorageError) in
            do throws(MongoError) { try await pages.forget(fingerprints: fingerprints, session: session) } catch {
                throw StorageError(error)
            }
        }
    }
}
