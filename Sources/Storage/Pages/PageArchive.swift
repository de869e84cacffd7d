public import CrawlDomain
import Foundation
import MongoDriver
import WebStandards

/// Raw answers, compressed: of each URL the newest that was understood, and a newer one that was not.
public struct PageArchive: Sendable {
    let database: AnimeDatabase

    /// Pages larger than this are not read back; the fetcher's own limit is lower.
    private static let maximumBytes = 64 << 20

    /// A body larger than this, as it came, is not kept: with its fields it would not fit into a document, and the whole commit would fail.
    private static let maximumKeptBytes = 15 << 20

    var pages: MongoCollection { database.collection(.pages) }

    /// The pages of some visits that are too large to be kept, to be told.
    static func tooLarge(_ visits: [VisitOutcome]) -> [Drop] {
        visits.compactMap(\.page).filter { $0.body.count > maximumKeptBytes }.map {
            Drop(.tooLarge, key: $0.url, detail: "the page, of \($0.body.count) bytes, is not kept")
        }
    }

    /// Keeps the pages of some visits, each under the fingerprint of the URL that was visited.
    ///
    /// One that was not understood, or an item of which is refused that such pages give in the first place, takes the place of none that
    /// was: it is kept for a repaired spider, and what the site said before is not lost.
    ///
    /// - Parameter refused: Items that would have lost much of what is stored.
    func save(
        _ visits: [VisitOutcome], refusing refused: Set<ItemIdentity>, session: MongoSession
    ) async throws(MongoError) {
        var models: [WriteModel] = []
        var outdated: [BSONValue] = []
        for visit in visits {
            let isUnread = visit.isUnread || visit.isRefused(refused)
            guard let model = Self.model(visit, isUnread: isUnread) else { continue }
            models.append(model)
            // Such an answer leaves nothing to ask "only if it has changed" with.
            if !isUnread, visit.visited.contentHash != nil, visit.visited.revalidation == nil {
                outdated.append(.string(Self.id(visit, isUnread: true)))
            }
        }
        guard !models.isEmpty else { return }
        try await pages.bulkWrite(models, ordered: false, session: session).throwIfAnyRowFailed()
        if !outdated.isEmpty { try await pages.deleteMany(["_id": ["$in": .array(outdated)]], session: session) }
    }

    private static func id(_ visit: VisitOutcome, isUnread: Bool) -> String {
        id(fingerprint: visit.visited.entry.fingerprint.hex, isUnread: isUnread)
    }

    static func id(fingerprint: String, isUnread: Bool) -> String {
        isUnread ? fingerprint + unread : fingerprint
    }

    static let unread = "|unread"

    /// Forgets what was kept of some visits' URLs: what is gone must not come back from there.
    func remove(_ visits: [VisitOutcome], session: MongoSession) async throws(MongoError) {
        guard !visits.isEmpty else { return }
        try await forget(fingerprints: visits.map(\.visited.entry.fingerprint.hex), session: session)
    }

    /// Calls `body` with each page of a site, oldest first; a page that cannot be decompressed is passed over and counted.
    ///
    /// - Returns: How many pages could not be read.
    public func forEach(site: String, _ body: (RawPage) async throws -> Void) async throws -> Int {
        var unreadable = 0
        for try await document in try await pages.find(
            ["site": .string(site)], FindOptions(sort: ["fetched_at": 1], batchSize: 20))
        {
            if let page = try await page(document) { try await body(page) } else { unreadable += 1 }
        }
        return unreadable
    }

    /// Calls `body` with what is kept of each URL of a site, oldest first; a page that cannot be decompressed is passed over and counted.
    ///
    /// - Parameter body: Takes the newest page, and the last that was understood where the newest was not.
    /// - Returns: How many pages could not be read.
    public func forEachURL(
        site: String, _ body: (_ newest: RawPage, _ understood: RawPage?) async throws -> Void
    ) async throws -> Int {
        let names = try await pages.find(["site": .string(site)], FindOptions(projection: ["_id": 1])).all()
        let waiting = Set(
            names.compactMap { $0["_id"]?.stringValue }.filter { $0.hasSuffix(Self.unread) }
                .map { String($0.dropLast(Self.unread.count)) })
        var unreadable = 0
        for try await document in try await pages.find(
            ["site": .string(site)], FindOptions(sort: ["fetched_at": 1], batchSize: 20))
        {
            guard let id = document["_id"]?.stringValue, !waiting.contains(id) else { continue }
            var understood: RawPage?
            if id.hasSuffix(Self.unread),
                let before = try await pages.findOne(["_id": .string(String(id.dropLast(Self.unread.count)))])
            {
                understood = try await page(before)
                if understood == nil { unreadable += 1 }
            }
            if let page = try await page(document) {
                try await body(page, understood)
            } else {
                unreadable += 1
                if let understood { try await body(understood, nil) }
            }
        }
        return unreadable
    }

    /// The newest page kept for the URL with this fingerprint; nil when there is none, or it cannot be decompressed.
    public func page(fingerprint: String) async throws -> RawPage? {
        let ids = [true, false].map { BSONValue.string(Self.id(fingerprint: fingerprint, isUnread: $0)) }
        let found = try await pages.find(["_id": ["$in": .array(ids)]], FindOptions(sort: ["fetched_at": -1], limit: 1))
        guard let newest = try await found.all().first else { return nil }
        return try await self.page(newest)
    }

    /// A page as it was stored, with its body, wherever that is; nil when it cannot be decompressed.
    func page(_ document: BSONDocument) async throws(MongoError) -> RawPage? {
        var document = document
        if document["body"] == nil, let body = try await SharedBodies(database: database).body(of: document) {
            document = document.merging(body)
        }
        return Self.page(document)
    }

    private static func model(_ visit: VisitOutcome, isUnread: Bool) -> WriteModel? {
        visit.page.flatMap { model($0, id: id(visit, isUnread: isUnread)) }
    }

    /// What stores a page under an id, in place of what was there; nil for one that is too large.
    static func model(_ page: RawPage, id: String) -> WriteModel? {
        guard page.body.count <= maximumKeptBytes, let (coding, body) = packed(page) else { return nil }
        return .replaceOne(
            ["_id": .string(id)],
            [
                "_id": .string(id), "site": .string(page.site), "url": .string(page.url), "page": .string(page.page),
                "status": .int32(Int32(clamping: page.status)),
                "content_type": page.contentType.map(BSONValue.string) ?? .null, "coding": .string(coding),
                "body": .binary(BSONBinary(body)), "size": .int32(Int32(clamping: body.count)),
                "length": .int32(Int32(clamping: page.length)), "fetched_at": .date(page.fetchedAt),
                "content_hash": .string(page.contentHash.hex),
            ],
            .upsert)
    }

    /// The body as it is stored: as the server compressed it, else by Zstandard.
    private static func packed(_ page: RawPage) -> (coding: String, body: [UInt8])? {
        switch page.coding {
        case .gzip: (page.coding.rawValue, page.body)
        case .identity: Zstandard.compress(page.body).map { (zstandard, $0) }
        }
    }

    static let zstandard = "zstd"

    private static func page(_ document: BSONDocument) -> RawPage? {
        guard let site = document["site"]?.stringValue, let url = document["url"]?.stringValue,
            let page = document["page"]?.stringValue, let status = document["status"]?.intValue,
            let fetchedAt = document["fetched_at"]?.dateValue, let length = document["length"]?.intValue,
            length <= maximumBytes, let hash = document["content_hash"]?.stringValue,
            let (coding, body) = unpacked(document)
        else { return nil }
        return RawPage(
            site: site, url: url, page: page, status: Int(status), contentType: document["content_type"]?.stringValue,
            coding: coding, body: body, length: length, contentHash: ContentHash(hex: hash), fetchedAt: fetchedAt)
    }

    /// What is compressed as the server sent it is left to the reader; pages stored by version 0.1 do not name their coding.
    private static func unpacked(_ document: BSONDocument) -> (coding: RawPage.Coding, body: [UInt8])? {
        guard let body = document["body"]?.binaryValue?.bytes else { return nil }
        let coding = document["coding"]?.stringValue ?? zstandard
        if coding == zstandard { return Zstandard.decompress(body, limit: maximumBytes).map { (.identity, $0) } }
        return RawPage.Coding(rawValue: coding).map { ($0, body) }
    }
}
