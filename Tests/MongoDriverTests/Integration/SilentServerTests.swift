import MongoDriver
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.isPresent, TestServer.hint)) struct SilentServerTests {
    private static let options = {
        var options = MongoClientOptions()
        options.serverSelectionTimeout = .milliseconds(500)
        options.connectTimeout = .milliseconds(500)
        options.socketTimeout = .milliseconds(500)
        options.sessionPatience = .milliseconds(500)
        return options
    }()

    @Test("when a server takes everything and answers nothing any more, every operation ends", .timeLimit(.minutes(3)))
    func everyOperationEnds() async throws {
        let proxy = try FaultProxy(uri: try #require(TestServer.uri))
        defer { proxy.stop() }
        try await TestServer.withDatabase { _, direct in
            let client = try MongoClient(uri: proxy.uri, options: Self.options)
            let database = client.database(direct.name)
            let things = database.collection("things")
            try await things.insertMany((0..<500).map { ["_id": .integer($0)] })
            let cursor = try await things.find([:], .init(batchSize: 10))
            _ = try await cursor.nextBatch()
            let stream = try await things.watch()
            let session = try await client.startSession()
            try proxy.set(.silent)
            let operations: [(String, @Sendable () async throws -> Void)] = [
                ("ping", { try await client.ping() }),
                ("databaseNames", { _ = try await client.databaseNames() }),
                ("runCommand", { try await database.runCommand(["buildInfo": 1]) }),
                ("collections", { _ = try await database.collections() }),
                ("createCollection", { try await database.createCollection("more") }),
                ("insert", { _ = try await things.insert(["a": 1]) }),
                ("insertMany", { _ = try await things.insertMany([["a": 1], ["a": 2]]) }),
                ("updateOne", { _ = try await things.updateOne(["_id": 1], ["$set": ["a": 1]]) }),
                ("updateMany", { _ = try await things.updateMany([:], ["$set": ["a": 1]]) }),
                ("replaceOne", { _ = try await things.replaceOne(["_id": 1], with: ["a": 1]) }),
                ("deleteOne", { _ = try await things.deleteOne(["_id": 1]) }),
                ("deleteMany", { _ = try await things.deleteMany([:]) }),
                ("findOneAndUpdate", { _ = try await things.findOneAndUpdate(["_id": 1], ["$set": ["a": 1]]) }),
                (
                    "bulkWrite",
                    { _ = try await things.bulkWrite([.insertOne(["a": 1]), .deleteOne(["_id": 2])], ordered: false) }
                ),
                ("find", { _ = try await things.find().all() }),
                ("findOne", { _ = try await things.findOne() }),
                ("aggregate", { _ = try await things.aggregate([]).all() }),
                ("count", { _ = try await things.count() }),
                ("estimatedCount", { _ = try await things.estimatedCount() }),
                ("distinct", { _ = try await things.distinct("a") }),
                ("createIndexes", { try await things.createIndexes([IndexModel(["a": 1])]) }),
                ("cursor", { _ = try await cursor.nextBatch() }),
                ("change stream", { _ = try await stream.nextBatch() }),
                ("watch", { _ = try await things.watch() }),
                ("session", { _ = try await things.insert(["a": 1], session: session) }),
                (
                    "transaction",
                    {
                        try await client.withTransaction { session throws(MongoError) in
                            _ = try await things.insert(["a": 1], session: session)
                        }
                    }
                ),
            ]
            let failed = await withTaskGroup(of: String?.self) { group in
                for (name, operation) in operations {
                    group.addTask {
                        do { try await operation() } catch { return name }
                        return nil
                    }
                }
                return await group.reduce(into: Set<String>()) { if let name = $1 { $0.insert(name) } }
            }
            #expect(failed == Set(operations.map(\.0)))
            cursor.close()
            stream.close()
            session.end()
            await client.close()
        }
    }
}
