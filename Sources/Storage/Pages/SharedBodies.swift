import Foundation
import MongoDriver

/// Bodies that several pages of a site have: kept once, in `page_bodies`.
///
/// A commit stores every page with its body, which costs it nothing. What turns out to be there twice is folded afterwards, and a page that is
/// asked again has a body of its own again. A body is written whenever pages are folded into it, so that a transaction which finds it
/// without pages and deletes it conflicts with one that gives it another.
struct SharedBodies {
    let database: AnimeDatabase

    /// Pages folded in one transaction.
    private static let pagesAtOnce = 200
    private static let keysAtOnce = 200

    private var pages: MongoCollection { database.collection(.pages) }
    private var bodies: MongoCollection { database.collection(.pageBodies) }

    private static func id(site: String, hash: String) -> String { "\(site):\(hash)" }

    /// The fields of a page's body that is kept here; nil when it is not.
    func body(of page: BSONDocument) async throws(MongoError) -> BSONDocument? {
        guard let site = page["site"]?.stringValue, let hash = page["content_hash"]?.stringValue,
            let found = try await bodies.findOne(["_id": .string(Self.id(site: site, hash: hash))]),
            let body = found["body"],
            let coding = found["coding"], let length = found["length"]
        else { return nil }
        return ["body": body, "coding": coding, "length": length]
    }

    /// Folds the pages of a site that have the same body.
    ///
    /// - Parameter since: Only pages that were asked for since then are looked at, and those that are the same as one of them.
    /// - Returns: How many pages gave up a body of their own.
    func fold(site: String, since: Date? = nil) async throws(MongoError) -> Int {
        var folded = 0
        for hashes in try await hashes(site: site, since: since).chunked(Self.keysAtOnce) {
            let counted = try await pages.aggregate([
                ["$match": ["site": .string(site), "content_hash": ["$in": .array(hashes.map(BSONValue.string))]]],
                [
                    "$group": [
                        "_id": "$content_hash", "pages": ["$sum": 1],
                        "shared": ["$sum": ["$cond": [["$eq": ["$shared", true]], 1, 0]]],
                    ]
                ],
            ]).all()
            for group in counted {
                guard let hash = group["_id"]?.stringValue, let count = group["pages"]?.intValue,
                    let shared = group["shared"]?.intValue, count > 1, shared < count
                else { continue }
                while true {
                    let some = try await fold(hash, of: site)
                    folded += some
                    if some < Self.pagesAtOnce { break }
                }
            }
        }
        return folded
    }

    /// The hashes of a site's pages, each once.
    private func hashes(site: String, since: Date?) async throws(MongoError) -> [String] {
        var filter: BSONDocument = ["site": .string(site)]
        if let since { filter["fetched_at"] = ["$gte": .date(since)] }
        let options = FindOptions(
            sort: since == nil ? ["site": 1, "content_hash": 1] : nil, projection: ["_id": 0, "content_hash": 1])
        let cursor = try await pages.find(filter, options)
        var hashes: Set<String> = []
        var last: String?
        while let batch = try await cursor.nextBatch() {
            for hash in batch.compactMap({ $0["content_hash"]?.stringValue }) {
                // In order, those that occur once need not be remembered.
                if since != nil || hash == last { hashes.insert(hash) }
                last = hash
            }
        }
        return hashes.sorted()
    }

    private func fold(_ hash: String, of site: String) async throws(MongoError) -> Int {
        let filter: BSONDocument = ["site": .string(site), "content_hash": .string(hash), "shared": ["$ne": true]]
        return try await database.client.withTransaction { session throws(MongoError) in
            guard let model = try await pages.findOne(filter, session: session), let body = model["body"],
                let length = model["length"]
            else { return 0 }
            let known = try await bodies.findOne(
                ["_id": .string(Self.id(site: site, hash: hash))], FindOptions(projection: ["length": 1]),
                session: session)
            guard known.map({ $0["length"]?.intValue == length.intValue }) ?? true else { return 0 }
            var same = filter
            same["length"] = length
            let ids = try await pages.find(
                same, FindOptions(projection: ["_id": 1], limit: Self.pagesAtOnce), session: session
            )
            .all().compactMap { $0["_id"] }
            let size = Int64(body.binaryValue?.bytes.count ?? 0)
            try await bodies.updateOne(
                ["_id": .string(Self.id(site: site, hash: hash))],
                .operators([
                    "$set": ["folded_at": .date(Date())],
                    "$setOnInsert": [
                        "site": .string(site), "content_hash": .string(hash),
                        "coding": model["coding"] ?? .string(PageArchive.zstandard), "body": body, "size": .int64(size),
                        "length": length,
                    ],
                ]), .init(upsert: true), session: session)
            let update: BSONDocument = [
                "$set": ["shared": true, "size": .int64(size)], "$unset": ["body": "", "coding": ""],
            ]
            try await pages.updateMany(["_id": ["$in": .array(ids)]], .operators(update), session: session)
            return ids.count
        }
    }

    /// Deletes the bodies of a site that no page has any more.
    func collect(site: String) async throws(MongoError) -> Int {
        let cursor = try await bodies.find(
            ["_id": ["$gt": .string("\(site):"), "$lt": .string("\(site);")]],
            FindOptions(projection: ["content_hash": 1], batchSize: Self.keysAtOnce))
        var deleted = 0
        while let batch = try await cursor.nextBatch() {
            let hashes = batch.compactMap { $0["content_hash"]?.stringValue }
            deleted += try await database.client.withTransaction { session throws(MongoError) in
                try await delete(hashes, of: site, session: session)
            }
        }
        return deleted
    }

    /// Deletes those of some bodies that no page has.
    func delete(_ hashes: [String], of site: String, session: MongoSession) async throws(MongoError) -> Int {
        guard !hashes.isEmpty else { return 0 }
        let held = try await pages.find(
            ["site": .string(site), "content_hash": ["$in": .array(hashes.map(BSONValue.string))], "shared": true],
            FindOptions(projection: ["_id": 0, "content_hash": 1]), session: session
        ).all().compactMap { $0["content_hash"]?.stringValue }
        let free = Set(hashes).subtracting(held).map { BSONValue.string(Self.id(site: site, hash: $0)) }
        return free.isEmpty ? 0 : try await bodies.deleteMany(["_id": ["$in": .array(free)]], session: session)
    }
}
