import MongoDriver
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct LeaderStoreTests {
    @Test("one leads until it gives the lease back; each leader has a greater term")
    func exclusive() async throws {
        try await TemporaryDatabase.with { temporary in
            let leaders = temporary.database.leaders
            let first = try #require(try await leaders.take("index", owner: "a", seconds: 60))
            #expect(try await leaders.take("index", owner: "b", seconds: 60) == nil)
            #expect(try await leaders.take("compaction", owner: "b", seconds: 60) != nil)
            #expect(try await leaders.renew(first))
            #expect(try await leaders.leader(of: "index") == "a")
            try await leaders.release(first)
            #expect(try await leaders.leader(of: "index") == nil)
            let second = try #require(try await leaders.take("index", owner: "b", seconds: 60))
            #expect(second.term > first.term)
            #expect(try await !leaders.renew(first))
            // Not somebody else's.
            try await leaders.release(first)
            #expect(try await leaders.leader(of: "index") == "b")
        }
    }

    @Test("of many that ask at once one leads")
    func contended() async throws {
        try await TemporaryDatabase.with { temporary in
            let leaders = temporary.database.leaders
            let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<8 {
                    group.addTask { try await leaders.take("index", owner: "\(number)", seconds: 60) != nil }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(taken == 1)
        }
    }

    @Test("who leads no longer publishes nothing, though nobody has published since")
    func fenced() async throws {
        try await TemporaryDatabase.with { temporary in
            let (leaders, index) = (temporary.database.leaders, temporary.database.index)
            let description = IndexDescription(change: 1, built: "rebuild", items: 0, users: 0, topicsChanges: 0)
            let old = try #require(try await leaders.take("index", owner: "a", seconds: 60))
            let version = try await index.publish(after: nil, description, parts: [:], under: old)
            try await leaders.release(old)
            let new = try #require(try await leaders.take("index", owner: "b", seconds: 60))
            await #expect {
                _ = try await index.publish(after: version, description, parts: [:], under: old)
            } throws: {
                if case StorageError.leadershipLost(role: "index") = $0 { true } else { false }
            }
            #expect(try await index.newest()?.number == version.number)
            #expect(try await index.publish(after: version, description, parts: [:], under: new).number == 2)
            await #expect(throws: IndexStoreError.self) {
                _ = try await index.publish(after: version, description, parts: [:], under: new)
            }
        }
    }
}
