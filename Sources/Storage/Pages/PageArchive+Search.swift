import CrawlDomain
import MongoDriver

extension PageArchive {
    /// URLs looked for or forgotten at once.
    private static let urlsAtOnce = 200

    /// Fingerprints of a site's URLs of which a page is kept that fits.
    func fingerprints(site: String, where fits: (RawPage) -> Bool) async throws -> Set<String> {
        var found: Set<String> = []
        for try await document in try await pages.find(["site": .string(site)], FindOptions(batchSize: 20)) {
            guard let id = document["_id"]?.stringValue, let page = try await page(document), fits(page) else {
                continue
            }
            found.insert(id.hasSuffix(Self.unread) ? String(id.dropLast(Self.unread.count)) : id)
        }
        return found
    }

    /// How many pages are kept of some URLs.
    func count(fingerprints: Set<String>) async throws(MongoError) -> Int {
        var count = 0
        for some in fingerprints.sorted().chunked(Self.urlsAtOnce) {
            let ids = some.flatMap { name in
                [false, true].map { BSONValue.string(Self.id(fingerprint: name, isUnread: $0)) }
            }
            count += try await pages.count(["_id": ["$in": .array(ids)]])
        }
        return count
    }

    /// Forgets what is kept of some URLs, and that they could be asked for what has changed alone: what stood there is read again the next time.
    ///
    /// - Returns: How many pages there were.
    func forget(fingerprints: Set<String>) async throws(MongoError) -> Int {
        var count = 0
        for some in fingerprints.sorted().chunked(Self.urlsAtOnce) {
            count += try await database.client.withTransaction { session throws(MongoError) in
                try await database.collection(.frontier).updateMany(
                    ["_id": ["$in": .array(some.map(BSONValue.string))]], ["$set": ["revalidation": .null]],
                    session: session)
                return try await forget(fingerprints: Array(some), session: session)
            }
        }
        return count
    }
}
