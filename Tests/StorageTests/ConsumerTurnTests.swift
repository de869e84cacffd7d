import CrawlDomain
import MongoDriver
import TestSupport
import Testing
import WebStandards

@testable import Storage

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct ConsumerTurnTests {
    private let anime = {
        var write = CatalogueWrite()
        write.anime = [
            (
                "Tower of Rain",
                [
                    "_id": "Tower of Rain", "themesongs": .array([]), "description": .array([]), "reviews": .array([]),
                    "img_url": "", "entries": ["demo:1"], "titles": ["Tower of Rain"],
                ]
            )
        ]
        return write
    }()

    @Test("one that follows while all is to be combined anew has lost its turn, and does not say how far it came")
    func sentBack() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            let turn = try await database.position(of: "catalogue").takeTurn()
            try await turn.write(.init(change: 7, held: [:]))
            _ = try await AnimeCombinedAnew(number: 4, name: "anew").step(in: database, after: nil)
            await #expect {
                try await turn.write(.init(change: 8, held: [:]))
            } throws: {
                if case StorageError.turnLost = $0 { true } else { false }
            }
            let next = try await database.position(of: "catalogue").takeTurn()
            #expect(next.token > turn.token)
            #expect(try await database.collection(.consumers).findOne(["_id": "catalogue"])?["change"] == .int64(0))
            try await next.end()
        }
    }

    @Test("of two programs that follow, one waits for the other's turn to end")
    func exclusive() async throws {
        try await TemporaryDatabase.with { temporary in
            let position = temporary.database.position(of: "catalogue")
            let first = try await position.takeTurn()
            try await confirmation { taken in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        let second = try await position.takeTurn()
                        taken()
                        try await second.end()
                    }
                    try await first.end()
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test("a turn that ended writes nothing any more")
    func fenced() async throws {
        try await TemporaryDatabase.with { temporary in
            let position = temporary.database.position(of: "catalogue")
            let old = try await position.takeTurn()
            try await old.end()
            let new = try await position.takeTurn()
            await #expect {
                _ = try await temporary.database.catalogue.write(anime, cause: Samples.cause, turn: old)
            } throws: {
                if case StorageError.turnLost = $0 { true } else { false }
            }
            #expect(try await temporary.database.catalogue.counts().anime == 0)
            _ = try await temporary.database.catalogue.write(anime, cause: Samples.cause, turn: new)
            #expect(try await temporary.database.catalogue.counts().anime == 1)
            try await new.end()
        }
    }
}
