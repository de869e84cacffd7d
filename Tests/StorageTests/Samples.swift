import CrawlDomain
import Testing
import WebStandards

/// Values that several suites store.
enum Samples {
    static func url(_ path: String, host: String = "127.0.0.1:8001", priority: Int = 0, site: String = "demo") throws
        -> FrontierURL
    {
        let url = try #require(WebURL("http://\(host)\(path)"))
        return FrontierURL(
            url: url, fingerprint: CanonicalURL(url).fingerprint, site: site, page: "anime", priority: priority,
            depth: 0,
            via: nil)
    }

    static func user(_ name: String, scores: [Int: Int]) -> Item {
        let list = scores.sorted { $0.key < $1.key }.map { id, score in
            JSONValue.object([
                "entry_id": .string("demo:\(id)"), "title": .string("Entry \(id)"), "type": "TV",
                "score": .int(Int64(score)),
                "status": "completed", "watched_episodes": 12, "rewatching": false, "started": .null, "finished": .null,
                "updated": .null,
            ])
        }
        return Item(
            type: .user, key: "demo:\(name)",
            fields: ["_id": .string("demo:\(name)"), "site": "demo", "name": .string(name), "list": .array(list)])
    }

    static let cause = ChangeCause(.crawl, id: "run-1")
}
