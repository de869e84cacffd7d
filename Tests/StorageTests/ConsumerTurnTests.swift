import CrawlDomain
import Storage
import TestSupport
import Testing
import WebStandards

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
