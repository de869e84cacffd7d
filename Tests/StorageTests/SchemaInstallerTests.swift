import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct SchemaInstallerTests {
    @Test("a prepared database is prepared again at once, although a transaction is open on its collections")
    func openTransaction() async throws {
        try await TemporaryDatabase.with { temporary in
            let schemas = try SchemaSet(folder: TemporaryDatabase.schemas)
            let consumers = temporary.client.database(temporary.name).collection("consumers")
            let start = ContinuousClock.now
            try await temporary.client.withTransaction { session throws(MongoError) in
                try await consumers.insert(["_id": "held", "change": .int64(1)], session: session)
                try await temporary.database.prepare(schemas)
            }
            // A change of a validator would wait for the transaction, which waits for it: a minute.
            #expect(start.duration(to: .now) < .seconds(30))
        }
    }
}
