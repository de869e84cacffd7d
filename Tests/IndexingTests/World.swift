import TestSupport
import WebStandards

@testable import Indexing
@testable import Recommender

/// A small catalogue with people's lists that changes at random, as the collections do: what an index state is to be equal to.
struct World {
    /// An anime's document and the terms of its descriptions.
    struct Anime {
        var entries: [String]
        var titles: [String]
        var studios: [String]
        var terms: [String]
    }

    private(set) var anime: [String: Anime] = [:]
    private(set) var lists: [String: [String: (score: Int, status: String)]] = [:]
    /// Ids and keys that changed since the last time they were taken.
    private var changedAnime: Set<String> = []
    private var changedUsers: Set<String> = []
    private var next = 0
    private var random: SplitMix64

    init(seed: UInt64, anime count: Int = 30, users: Int = 25) {
        random = SplitMix64(seed: seed)
        for _ in 0..<count { addAnime() }
        for _ in 0..<users { addUser() }
    }

    private mutating func number(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

    private mutating func words(_ count: Int) -> [String] { (0..<count).map { _ in "term\(number(40))" } }

    private mutating func anyAnime() -> String? { anime.keys.sorted().randomElement(using: &random) }

    private mutating func anyUser() -> String? { lists.keys.sorted().randomElement(using: &random) }

    private mutating func put(_ id: String, _ new: Anime?) {
        anime[id] = new
        changedAnime.insert(id)
    }

    /// An entry; some are on lists long before they are part of an anime.
    private mutating func anyEntry() -> String { "demo:\(number(next + 5))" }

    private mutating func addAnime() {
        let entry = "demo:\(next)"
        next += 1
        guard !anime.values.contains(where: { $0.entries.contains(entry) }) else { return }
        let terms = number(4) == 0 ? [] : words(6)
        put(
            "Anime \(next)",
            Anime(entries: [entry], titles: ["Tale \(number(12))"], studios: ["Studio \(number(5))"], terms: terms))
    }

    private mutating func addUser() {
        let user = "demo:user\(number(1_000_000))"
        lists[user] = [:]
        for _ in 0..<number(12) { rate(user, score: number(11)) }
        changedUsers.insert(user)
    }

    private mutating func rate(_ user: String, score: Int) {
        let status = ["completed", "dropped", "watching", "plan_to_watch"][number(4)]
        let entry = anyEntry()
        lists[user]?[entry] = (score, status)
        changedUsers.insert(user)
    }

    /// One change of any kind.
    mutating func change() {
        switch number(13) {
        case 0: addAnime()
        case 1: addUser()
        case 2, 3, 4: if let user = anyUser() { rate(user, score: number(11)) }
        case 5:
            if let user = anyUser(), let entry = lists[user]?.keys.sorted().randomElement(using: &random) {
                lists[user]?[entry] = nil
                changedUsers.insert(user)
            }
        case 6:
            // Also how one who is forgotten goes.
            if lists.count > 8, let user = anyUser() {
                lists[user] = nil
                changedUsers.insert(user)
            }
        case 7: changeText()
        case 8: merge()
        case 9: split()
        case 11: share()
        case 10: if anime.count > 10, let id = anyAnime() { put(id, nil) }
        default: rename()
        }
    }

    private mutating func changeText() {
        guard let id = anyAnime(), var changed = anime[id] else { return }
        if number(2) == 0 { changed.terms = words(number(8)) } else { changed.titles.append("Tale \(number(12))") }
        put(id, changed)
    }

    private mutating func merge() {
        guard let one = anyAnime(), let other = anyAnime(), one != other, var merged = anime[one],
            let gone = anime[other]
        else { return }
        merged.entries += gone.entries
        put(one, merged)
        put(other, nil)
    }

    private mutating func split() {
        let several = anime.filter { $0.value.entries.count > 1 }.keys.sorted()
        guard let id = several.randomElement(using: &random), var rest = anime[id] else { return }
        let entry = rest.entries.removeLast()
        put(id, rest)
        put(
            "Apart \(entry) \(number(3))",
            Anime(entries: [entry], titles: ["Tale \(number(12))"], studios: [], terms: words(5)))
    }

    /// An entry is named by two anime for a while, as between two writes of the catalogue.
    private mutating func share() {
        guard let one = anyAnime(), let other = anyAnime(), one != other, var taking = anime[one],
            let entry = anime[other]?.entries.randomElement(using: &random), !taking.entries.contains(entry)
        else { return }
        taking.entries.append(entry)
        put(one, taking)
    }

    private mutating func rename() {
        guard let id = anyAnime(), let same = anime[id] else { return }
        put(id, nil)
        put("\(id)'", same)
    }

    private func document(_ id: String, _ anime: Anime) -> JSONObject {
        [
            "_id": .string(id), "type": "TV", "titles": .array(anime.titles.map(JSONValue.string)),
            "studios": .array(anime.studios.map(JSONValue.string)), "genres": ["Drama"], "adult": false,
            "entries": .array(anime.entries.map(JSONValue.string)), "members": 12,
        ]
    }

    private func list(_ user: String) -> UserList? {
        guard let rows = lists[user] else { return nil }
        return UserList([
            "_id": .string(user),
            "list": .array(
                rows.sorted { $0.key < $1.key }.map {
                    [
                        "entry_id": .string($0.key), "score": .int(Int64($0.value.score)),
                        "status": .string($0.value.status),
                    ]
                }),
        ])
    }

    /// Folds in what changed since the last time, as the indexer does: everything as it is now.
    mutating func fold(into state: inout IndexState) async throws {
        for id in changedAnime.sorted() {
            if let anime = anime[id] { state.set(document(id, anime), terms: anime.terms) }
        }
        for id in changedAnime.sorted() where anime[id] == nil { state.removeAnime(id) }
        try await state.settle()
        for user in changedUsers.sorted(by: ListBook.precedes) { try state.set(list(user), of: user) }
        (changedAnime, changedUsers) = ([], [])
    }

    /// The state that the world gives from nothing, with the numbers of another one.
    func rebuilt(numbersOf other: IndexState) throws -> IndexState {
        var state = IndexState(numbers: IndexNumbers(anime: other.anime.registry, entries: other.ratings.entries))
        for (id, anime) in anime.sorted(by: { $0.key > $1.key }) {
            state.set(document(id, anime), terms: anime.terms, keepsEmptyRows: true)
        }
        for user in lists.keys.sorted(by: ListBook.precedes) { if let list = list(user) { try state.append(list) } }
        return state
    }
}
