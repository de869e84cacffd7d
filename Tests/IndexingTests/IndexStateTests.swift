import Foundation
import TestSupport
import Testing
import WebStandards

@testable import Indexing
@testable import Recommender
@testable import Storage

@Suite("IndexState")
struct IndexStateTests {
    private static func hashes(_ state: IndexState) -> [String: [String]] { state.parts.mapValues { $0.map(\.hash) } }

    @Test(
        "after 1,000 changes of all kinds every part has the bytes of a rebuild",
        arguments: 1...3 as ClosedRange<UInt64>)
    func equalToRebuild(seed: UInt64) async throws {
        var world = World(seed: seed)
        var state = IndexState()
        let solver = WeightSolver()
        var random = SplitMix64(seed: seed)
        try await world.fold(into: &state)
        var (changes, takenOver) = (0, 0)
        while changes < 1_000 {
            let batch = Int.random(in: 1...12, using: &random)
            for _ in 0..<batch { world.change() }
            changes += batch
            try await world.fold(into: &state)
            // Fitted every now and then, and compared now and then of these.
            guard changes % 4 == 0 || changes >= 1_000 else { continue }
            state.solve(with: solver, threads: 2)
            takenOver += state.anime.count - solver.fittedCount
            guard changes % 16 == 0 || changes >= 1_000 else { continue }
            var rebuilt = try world.rebuilt(numbersOf: state)
            rebuilt.solve(threads: 1)
            let (published, expected) = (Self.hashes(state), Self.hashes(rebuilt))
            for part in expected.keys.sorted() where part != "topics" {
                #expect(published[part] == expected[part], "\(part) after \(changes) changes")
            }
            #expect(state.texts.statistics == rebuilt.texts.statistics)
            #expect(state.ratings.gram.digest == rebuilt.ratings.gram.digest)
        }
        #expect(takenOver > 0)
        #expect(state.ratings.lists.leaves.count > 0)
        #expect(state.userCount > 0)
    }

    @Test("with numbers of its own a rebuild has the same matrix, whatever the numbers")
    func numbering() async throws {
        var world = World(seed: 8)
        var state = IndexState()
        for _ in 0..<300 {
            world.change()
            try await world.fold(into: &state)
        }
        let rebuilt = try world.rebuilt(numbersOf: IndexState())
        #expect(rebuilt.anime.registry != state.anime.registry)
        #expect(rebuilt.gramDigest == state.gramDigest)
        #expect(rebuilt.texts.statistics == state.texts.statistics)
        #expect(rebuilt.userCount == state.userCount)
    }

    private static func anime(
        _ id: String, _ entries: [String], related: [String] = [], apart: [String] = [],
        recommended: [(String, Int)] = []
    ) -> JSONObject {
        [
            "_id": .string(id), "entries": .array(entries.map(JSONValue.string)),
            "related": .array(related.map(JSONValue.string)), "apart": .array(apart.map(JSONValue.string)),
            "recommendations": .array(
                recommended.map { .object(["entry": .string($0.0), "votes": .int(Int64($0.1))]) }),
        ]
    }

    @Test(
        "an entry that two anime name for a while belongs to the other one when one gives it up",
        arguments: [true, false])
    func sharedEntry(isRemoved: Bool) async throws {
        var state = IndexState()
        state.set(Self.anime("A", ["demo:1", "demo:2"]), terms: [])
        state.set(Self.anime("B", ["demo:2"]), terms: [])
        let user = try #require(
            UserList([
                "_id": "demo:u", "list": [["entry_id": "demo:1", "score": 9], ["entry_id": "demo:2", "score": 8]],
            ]))
        try state.set(user, of: "demo:u")
        #expect(state.ratings.gram[1, 1] > 0)
        if isRemoved { state.removeAnime("B") } else { state.set(Self.anime("B", ["demo:3"]), terms: []) }
        try await state.settle()
        #expect(state.ratings.entries["demo:2"].flatMap(state.ratings.animeRow) == state.anime.row(of: "A"))
        #expect(state.ratings.gram[1, 1] == 0)
    }

    @Test("anime of its series, ones it is kept apart from and recommended ones are links of an anime")
    func links() {
        var state = IndexState()
        state.set(
            Self.anime(
                "A", ["demo:1", "demo:7"], related: ["demo:2", "demo:99"], apart: ["demo:3"],
                recommended: [("demo:3", 5), ("demo:4", 6), ("demo:5", 2), ("demo:7", 9), ("demo:98", 4)]), terms: [])
        for (id, entries) in [("B", ["demo:2"]), ("C", ["demo:3"]), ("D", ["demo:4", "demo:5"])] {
            state.set(Self.anime(id, entries), terms: [])
        }
        let own = state.anime.descriptions(terms: [])[0]
        #expect(own.related == [.init(item: 1), .init(item: 2)])
        // Votes for two entries of one anime are added, and all are brought down to a power of 2.
        #expect(own.recommended == [.init(item: 2, votes: 4), .init(item: 3, votes: 8)])
    }

    @Test(
        "rows that are stored are not encoded anew, and have the hashes that they would have",
        arguments: 1...3 as ClosedRange<UInt64>)
    func storedRows(seed: UInt64) async throws {
        var world = World(seed: seed, anime: 400)
        var state = IndexState()
        var (taken, step) = (0, 0)
        while step < 12 {
            step += 1
            for _ in 0..<(step == 1 ? 40 : 3) { world.change() }
            try await world.fold(into: &state)
            let parts = state.parts
            var fresh = try world.rebuilt(numbersOf: state)
            let expected = fresh.parts
            for part in ["anime", "texts", "gram"] {
                #expect(parts[part]?.map(\.hash) == expected[part]?.map(\.hash), "\(part) in step \(step)")
                taken += parts[part]?.count { if case .stored = $0 { true } else { false } } ?? 0
            }
            let description = IndexDescription(change: step, built: "update", items: 0, users: 0, topicsChanges: 0)
            let version = IndexVersion(
                number: step, publishedAt: Date(timeIntervalSince1970: 0), description,
                parts: parts.mapValues { $0.map(\.hash) })
            state.stored(as: version, heldBytes: .max)
            fresh.stored(as: version, heldBytes: .max)
            #expect(fresh.parts["anime"]?.allSatisfy { if case .stored = $0 { true } else { false } } == true)
        }
        #expect(taken > 0)
    }

    @Test("a new anime gets the row of one that is gone, and nothing of what stood there")
    func reusedRow() async throws {
        var state = IndexState()
        for id in ["A", "B", "C"] { state.set(Self.anime(id, ["demo:\(id)"]), terms: ["term \(id)"]) }
        let user = try #require(
            UserList([
                "_id": "demo:u", "list": [["entry_id": "demo:A", "score": 9], ["entry_id": "demo:B", "score": 8]],
            ]))
        try state.set(user, of: "demo:u")
        #expect(state.ratings.gram[1, 1] > 0)
        state.removeAnime("B")
        state.set(Self.anime("D", ["demo:D"]), terms: ["term D"])
        try await state.settle()
        #expect(state.ratings.gram[1, 1] == 0)
        #expect(state.anime.row(of: "D") == 1)
        #expect(state.anime.row(of: "B") == nil)
        #expect(state.anime.registry.names == ["A", "D", "C"])
        #expect(state.texts.terms[1] == ["term D"])
        // It comes again, as one more.
        state.set(Self.anime("B", ["demo:B"]), terms: [])
        #expect(state.anime.row(of: "B") == 3)
        // While a state is filled, rows wait for those that had them.
        var filled = IndexState(numbers: IndexNumbers(anime: state.anime.registry, entries: state.ratings.entries))
        filled.set(Self.anime("E", ["demo:E"]), terms: [], keepsEmptyRows: true)
        #expect(filled.anime.row(of: "E") == 4)
    }

    @Test("a card is what it was after it was stored, recommendations included")
    func storedCard() throws {
        var table = AnimeTable()
        var document = Self.anime("A", ["demo:1"], related: ["demo:2"], recommended: [("demo:3", 5)])
        document["score"] = .double(.nan)
        _ = table.set(try #require(AnimeCard(document)))
        let chunks = table.chunks().map { chunk in
            guard case .bytes(let bytes) = chunk else { return [UInt8]() }
            return bytes
        }
        #expect(try AnimeTable(chunks: chunks).cards == table.cards)
    }
}
