import CrawlDomain
import MongoDriver
import struct Foundation.Date

/// Brings a frontier up to date that was written when a host was known to each site apart, as "site|host" in `hosts`.
///
/// A crawl of the older program that still runs loses its leases, so that nothing of it is stored twice.
struct OneDocumentPerHost: Migration {
    let number = 1
    let name = "one document per host in `hosts`, whatever sites ask it"
    let rewrites: [CollectionName] = [.hosts]

    /// What is left of the old shape.
    private static let old: BSONDocument = ["_id": ["$regex": "\\|"]]
    private static let batch = 200

    func remaining(in database: AnimeDatabase) async throws -> Int {
        try await database.collection(.hosts).count(Self.old)
    }

    func step(in database: AnimeDatabase, after place: BSONValue?) async throws -> (changed: Int, place: BSONValue?) {
        let hosts = database.collection(.hosts)
        let found = try await hosts.find(Self.old, FindOptions(sort: ["_id": 1], limit: Self.batch)).all()
        for document in found { try await move(document, in: database) }
        return (found.count, found.count < Self.batch ? nil : found.last?["_id"])
    }

    private func move(_ document: BSONDocument, in database: AnimeDatabase) async throws {
        guard let id = document["_id"] else { return }
        let frontier = database.frontier
        if let site = document["site"]?.stringValue, let host = document["host"]?.stringValue {
            try await frontier.addHosts([host: nil])
            // Newer than every token that the site's URLs are leased under; the longest closure of all sites holds for all.
            var kept: BSONDocument = [:]
            for name in ["failures", "delay", "closed_reason", "robots"] {
                if let value = document[name] { kept[name] = value }
            }
            try await frontier.hosts.updateOne(
                ["_id": .string(host)],
                [
                    "$set": .document(kept),
                    "$max": [
                        "token": document["token"] ?? 0, "not_before": document["not_before"] ?? .date(.distantPast),
                    ],
                ])
            try await frontier.queues.wake([FrontierHost(site: site, host: host)])
        }
        try await frontier.hosts.deleteOne(["_id": id])
    }
}
