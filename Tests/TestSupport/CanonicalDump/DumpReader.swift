import MongoDriver
import Storage
import WebStandards

/// Reads the collections of one database for a dump.
struct DumpReader {
    let database: MongoDatabase

    /// Says which run, which change, when.
    private static let bookkeeping: Set<String> = ["run", "change", "fetched_at"]

    /// Entries, users or reviews by key.
    func items(_ collection: String) async throws -> [String: String] {
        try await read(collection) { Self.text($0.jsonObject.filter { !Self.bookkeeping.contains($0.key) }) }
    }

    /// Anime by name. Its reviews stand in the order in which they were noticed, which is another one each time.
    func anime() async throws -> [String: String] {
        try await read("anime") { document in
            Self.text(
                document.jsonObject.filter { !Self.bookkeeping.contains($0.key) && $0.key != "content_hash" }
                    .map { key, value in
                        guard key == "reviews", let reviews = value.arrayValue else { return (key, value) }
                        return (key, .array(reviews.sorted { $0.serialized() < $1.serialized() }))
                    })
        }
    }

    /// URLs by fingerprint: the state and what the URL is. Which page led there first, and how deep, differs.
    func frontier() async throws -> [String: String] {
        try await read("frontier") { document in
            ["state", "page", "url", "status"].map { Self.plain(document[$0]) }.joined(separator: " ")
        }
    }

    /// Raw pages by fingerprint: what was answered.
    func pages() async throws -> [String: String] {
        try await read("pages") { document in
            ["url", "status", "content_hash"].map { Self.plain(document[$0]) }.joined(separator: " ")
        }
    }

    /// What happened to each item in order, and what is wrong with the log as a whole.
    func changes() async throws -> (histories: [String: String], defects: [String]) {
        var histories: [String: [String]] = [:]
        var defects: [String] = []
        var number = 0
        for try await change in try await database.collection("changes").find([:], FindOptions(sort: ["_id": 1])) {
            number += 1
            let found = change["_id"]?.intValue ?? -1
            if found != number {
                defects.append("change \(number) is missing: \(found) follows")
                number = found
            }
            let fields = (change["fields"]?.arrayValue ?? []).map {
                "\(Self.plain($0["name"])):\(Self.plain($0["old"]))>\(Self.plain($0["new"]))"
            }
            let subject = Self.plain(change["subject"])
            // An anime is combined anew as more of it becomes known: when, differs.
            guard subject != "anime" else { continue }
            histories["\(subject) \(Self.plain(change["key"]))", default: []].append(
                (fields.sorted() + [Self.plain(change["operation"])]).joined(separator: " "))
        }
        let counter = try await database.collection("counters").findOne(["_id": "changes"])?["value"]?.intValue ?? 0
        if counter != number { defects.append("the counter of changes is at \(counter), the last one is \(number)") }
        for (item, history) in histories.sorted(by: { $0.key < $1.key }) {
            let inserts = history.count { $0.hasSuffix("insert") }
            if inserts != 1 { defects.append("\(item) was inserted \(inserts) times") }
        }
        return (histories.mapValues { $0.joined(separator: " | ") }, defects)
    }

    private func read(_ collection: String, _ text: (BSONDocument) -> String) async throws -> [String: String] {
        var found: [String: String] = [:]
        for try await document in try await database.collection(collection).find([:]) {
            found[Self.plain(document["_id"])] = text(document)
        }
        return found
    }

    private static func text(_ fields: some Sequence<(key: String, value: JSONValue)>) -> String {
        JSONValue.object(JSONObject(fields.map { ($0.key, $0.value) })).serialized(sortedKeys: true)
    }

    private static func plain(_ value: BSONValue?) -> String {
        switch value {
        case .string(let text)?: text
        case nil, .null?: "-"
        case let value?: value.intValue.map(String.init) ?? "\(value)"
        }
    }
}
