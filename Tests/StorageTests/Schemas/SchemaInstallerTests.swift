import MongoDriver
import Storage
import Synchronization
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct SchemaInstallerTests {
    @Test("a prepared database is prepared again without a change, also while a dead program's transaction is open")
    func unchanged() async throws {
        try await TemporaryDatabase.with { temporary in
            let commands = Mutex<[String]>([])
            var options = MongoClientOptions()
            options.commandObserver = { event in commands.withLock { $0.append(event.name) } }
            let client = try MongoClient(uri: temporary.uri, options: options)
            let database = AnimeDatabase(client: client, name: temporary.name)
            let frontier = temporary.client.database(temporary.name).collection("hosts")
            try await temporary.client.withTransaction { session throws(MongoError) in
                try await frontier.updateOne(["_id": "nobody"], ["$set": ["failures": 1]], session: session)
                // Would wait for this very transaction if it changed a collection's rules.
                do { try await database.prepare(SchemaSet(folder: TemporaryDatabase.schemas)) } catch {
                    Issue.record("\(error)")
                }
            }
            await client.close()
            #expect(commands.withLock { $0.contains("listCollections") })
            #expect(!commands.withLock { $0.contains("collMod") || $0.contains("create") })
        }
    }

    @Test("a validator that differs is replaced")
    func replaced() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.client.database(temporary.name)
            try await database.setValidator(["_id": ["$type": "string"]], of: "runs")
            try await temporary.database.prepare(SchemaSet(folder: TemporaryDatabase.schemas))
            let runs = try await database.collections(["name": "runs"]).first
            #expect(runs?[path: "options.validator.$jsonSchema.title"]?.stringValue == "runs")
        }
    }
}
