import CrawlDomain
import Foundation
import MongoDriver

/// Brings a frontier up to date that was written when a host was known to each site apart, as "site|host" in `hosts`.
///
/// May be interrupted and repeated. A crawl of the older program that still runs loses its leases, so that nothing of it is stored twice.
struct FrontierUpgrade {
    let frontier: MongoFrontier

    func run() async throws(MongoError) {
        let old: BSONDocument = ["_id": ["$regex": "\\|"]]
        for document in try await frontier.hosts.find(old, FindOptions(sort: ["_id": 1])).all() {
            guard let id = document["_id"], let site = document["site"]?.stringValue,
                let host = document["host"]?.stringValue
            else { continue }
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
            try await frontier.hosts.deleteOne(["_id": id])
        }
    }
}
