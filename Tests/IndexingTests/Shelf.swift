import CrawlDomain
import Foundation
import Storage
import TestSupport
import WebStandards

/// Entries and people's lists in a database, changed at random through the ledger, as a crawl changes them.
struct Shelf {
    static let cause = ChangeCause(.crawl, id: "test")
    let database: AnimeDatabase
    private var random: SplitMix64
    private var titles: [Int: String] = [:]
    /// Entry → the one it is the same as.
    private var same: [Int: Int] = [:]
    private(set) var lists: [String: [Int: Int]] = [:]

    /// Fills the database.
    init(_ database: AnimeDatabase, seed: UInt64, entries: Int, users: Int) async throws {
        self.database = database
        random = SplitMix64(seed: seed)
        try await fill(entries: entries, users: users)
    }

    /// Brings it to so many entries, and adds people.
    mutating func fill(entries: Int, users: Int) async throws {
        for number in 0..<entries { titles[number] = "Tale \(number)" }
        for _ in 0..<users { addUser() }
        try await store(Array(titles.keys), Array(lists.keys))
    }

    /// So many changes of all kinds, in one write of the ledger, or two.
    mutating func change(_ count: Int) async throws {
        var (entries, users, gone): (Set<Int>, Set<String>, Set<String>) = ([], [], [])
        for _ in 0..<count {
            switch number(9) {
            case 0:
                titles[titles.count] = "Tale \(titles.count)"
                entries.insert(titles.count - 1)
            case 1, 2:
                let entry = number(titles.count)
                titles[entry] = "Tale \(entry), told again \(number(1_000))"
                entries.insert(entry)
            case 3:
                let (entry, other) = (number(titles.count), number(titles.count))
                same[entry] = same[entry] == nil && entry != other ? other : nil
                entries.insert(entry)
            case 4: users.insert(addUser())
            case 5:
                if lists.count > 5, let user = lists.keys.sorted().randomElement(using: &random) {
                    lists[user] = nil
                    users.remove(user)
                    gone.insert(user)
                }
            default:
                if let user = lists.keys.sorted().randomElement(using: &random) {
                    let entry = number(titles.count + 3)
                    let score = number(11)
                    lists[user]?[entry] = score
                    users.insert(user)
                }
            }
        }
        _ = try await database.users.delete(gone.subtracting(users).sorted(), cause: Self.cause)
        try await store(entries.sorted(), users.sorted())
    }

    private mutating func number(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

    @discardableResult
    private mutating func addUser() -> String {
        let user = "person\(number(1_000_000))"
        let rows = (0..<3 + number(8)).map { _ in (number(max(titles.count, 1)), 1 + number(10)) }
        lists["demo:\(user)"] = Dictionary(rows, uniquingKeysWith: { $1 })
        return "demo:\(user)"
    }

    private func store(_ entries: [Int], _ users: [String]) async throws {
        _ = try await database.ledger.store(entries.map(entry) + users.map(user), cause: Self.cause)
    }

    /// Rates one entry, as a crawl that has found the list changed.
    mutating func rate(_ user: String, entry: Int, score: Int) async throws {
        lists[user, default: [:]][entry] = score
        try await store([], [user])
    }

    private func entry(_ number: Int) -> Item {
        let (title, key) = (titles[number] ?? "", "demo:\(number)")
        let words = title.split(separator: " ").joined(separator: " lantern ")
        let url = { (id: Int) in "http://demo.example/anime/\(id)" }
        return Item(
            type: .entry, key: key,
            fields: [
                "_id": .string(key), "site": "demo", "id": .int(Int64(number)), "url": .string(url(number)),
                "title": .string(title), "type": "TV", "title_synonyms": [], "genres": ["Drama"], "openings": [],
                "endings": [], "related": [], "adult": false,
                "synopsis": .string(
                    "\(words): every evening a keeper numbered \(number % 7) lights the lanterns of harbour \(number % 5) "
                        + "and a ship from island \(number % 3) answers with a song that nobody has written down."),
                "external_ids": .array(
                    (same[number].map { [$0] } ?? []).map {
                        ["site": "demo", "id": .string("\($0)"), "url": .string(url($0))]
                    }),
            ])
    }

    private func user(_ key: String) -> Item {
        let rows = (lists[key] ?? [:]).sorted { $0.key < $1.key }.map { entry, score -> JSONValue in
            [
                "entry_id": .string("demo:\(entry)"), "title": "Tale", "type": "TV", "score": .int(Int64(score)),
                "status": "completed", "watched_episodes": 12, "rewatching": false, "started": .null,
                "finished": .null, "updated": .null,
            ]
        }
        return Item(
            type: .user, key: key,
            fields: [
                "_id": .string(key), "site": "demo", "name": .string(String(key.dropFirst(5))), "list": .array(rows),
            ])
    }
}
