import Storage
import TestSupport
import Testing

@testable import Indexing
@testable import Recommender

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
}
