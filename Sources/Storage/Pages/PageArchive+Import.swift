public import CrawlDomain
import Foundation
public import MongoDriver

/// A page that comes from an archive instead of a visit.
public struct ArchivedPage: Sendable {
    /// The page.
    public let page: RawPage
    /// Its URL's fingerprint, as in `frontier`.
    public let fingerprint: String
    /// Whether it was not understood when it was taken out.
    public let isUnread: Bool
    /// Whether its address names a person.
    public let isPersonal: Bool

    /// Makes one.
    public init(page: RawPage, fingerprint: String, isUnread: Bool = false, isPersonal: Bool = false) {
        (self.page, self.fingerprint, self.isUnread, self.isPersonal) = (page, fingerprint, isUnread, isPersonal)
    }

    /// Everybody whom its address may name.
    fileprivate var people: Set<Person> {
        isPersonal ? Set(PersonMention.parts(of: page.url).map { Person(site: page.site, name: $0) }) : []
    }
}

extension PageArchive {
    /// Keeps pages of an archive where nothing newer is kept of their URL, and their address is of nobody who is forgotten.
    ///
    /// - Returns: How many were stored, how many are older than what is kept, how many are too large, and how many are a forgotten person's.
    public func store(
        _ archived: [ArchivedPage]
    ) async throws(MongoError) -> (stored: Int, older: Int, tooLarge: Int, forgotten: Int) {
        var newest: [String: ArchivedPage] = [:]
        var result = (stored: 0, older: 0, tooLarge: 0, forgotten: 0)
        let forgotten = try await database.forgotten.among(
            archived.reduce(into: Set<Person>()) { $0.formUnion($1.people) })
        for page in archived {
            guard page.people.isDisjoint(with: forgotten) else { result.forgotten += 1; continue }
            let id = Self.id(fingerprint: page.fingerprint, isUnread: page.isUnread)
            if let other = newest[id] { result.older += 1; if other.page.fetchedAt >= page.page.fetchedAt { continue } }
            newest[id] = page
        }
        let found = try await pages.find(
            ["_id": ["$in": .array(newest.keys.map(BSONValue.string))]], FindOptions(projection: ["fetched_at": 1])
        ).all()
        for stored in found {
            guard let id = stored["_id"]?.stringValue, let date = stored["fetched_at"]?.dateValue,
                let page = newest[id], date >= page.page.fetchedAt
            else { continue }
            newest[id] = nil
            result.older += 1
        }
        let models = newest.sorted { $0.key < $1.key }.map { Self.model($0.value.page, id: $0.key) }
        result.tooLarge = models.count { $0 == nil }
        let some = models.compactMap(\.self)
        guard !some.isEmpty else { return result }
        try await pages.bulkWrite(some, ordered: false).throwIfAnyRowFailed()
        result.stored = some.count
        return result
    }

    /// Calls `body` with each page of a site, oldest first, and whether it is one that was not understood.
    ///
    /// - Parameter site: nil for all of them, site by site.
    /// - Returns: How many pages could not be read.
    public func forEachArchived(site: String?, _ body: (ArchivedPage) async throws -> Void) async throws -> Int {
        let sites = if let site { [site] } else { try await sites() }
        var unreadable = 0
        for site in sites {
            let options = FindOptions(sort: ["fetched_at": 1], batchSize: 20)
            for try await document in try await pages.find(["site": .string(site)], options) {
                guard let id = document["_id"]?.stringValue, let page = try await page(document) else {
                    unreadable += 1
                    continue
                }
                let isUnread = id.hasSuffix(Self.unread)
                let fingerprint = isUnread ? String(id.dropLast(Self.unread.count)) : id
                try await body(ArchivedPage(page: page, fingerprint: fingerprint, isUnread: isUnread))
            }
        }
        return unreadable
    }

    /// The hashes of bodies that more than one page of a site has.
    public func repeatedHashes(site: String) async throws(MongoError) -> Set<String> {
        let groups = try await pages.aggregate(
            [
                ["$match": ["site": .string(site)]], ["$group": ["_id": "$content_hash", "pages": ["$sum": 1]]],
                ["$match": ["pages": ["$gt": 1]]],
            ], allowDiskUse: true
        ).all()
        return Set(groups.compactMap { $0["_id"]?.stringValue })
    }

    /// The sites of which pages are kept.
    public func sites() async throws(MongoError) -> [String] {
        try await pages.distinct("site").compactMap(\.stringValue).sorted()
    }
}
