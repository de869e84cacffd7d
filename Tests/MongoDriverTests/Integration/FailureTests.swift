import MongoDriver
import Testing

/// Failures that a server makes on request; `Scripts/mongod run` starts one that does.
@Suite(.serialized, .enabled(if: TestServer.isPresent, TestServer.hint)) struct FailureTests {
    private static let testCommandsHint: Comment = "the server must allow test commands (Scripts/mongod run does)"

    /// Makes commands of one client fail, which is told by its application name.
    private func failing(
        _ commands: [String], _ how: BSONDocument, times: Int = 1,
        _ body: (MongoClient, MongoDatabase) async throws -> Void
    ) async throws {
        var options = MongoClientOptions()
        options.applicationName = "failing-\(ObjectID().hex)"
        try await TestServer.withDatabase(options) { client, database in
            try await database.createCollection("things")
            let data = how.merging([
                "failCommands": .array(commands.map(BSONValue.string)), "appName": .string(options.applicationName),
            ])
            do {
                try await client.database("admin").runCommand([
                    "configureFailPoint": "failCommand", "mode": ["times": .integer(times)], "data": .document(data),
                ])
            } catch let error as MongoError where error.serverCode == 59 {
                Issue.record(Self.testCommandsHint)
                return
            }
            try await body(client, database)
        }
    }

    @Test("a single write whose connection breaks, or whose primary steps down, is done once")
    func retriedWrite() async throws {
        try await failing(["insert", "findAndModify"], ["closeConnection": true]) { _, database in
            try await database.collection("things").insert(["_id": 1])
            let count = try await database.collection("things").count()
            #expect(count == 1)
        }
        try await failing(["update"], ["errorCode": 10107, "errorLabels": ["RetryableWriteError"]]) { _, database in
            let result = try await database.collection("things").updateOne(["_id": 1], ["$inc": ["n": 1]], .upsert)
            #expect(result.upsertedID == 1)
        }
        try await failing(["findAndModify"], ["closeConnection": true]) { _, database in
            let things = database.collection("things")
            let changed = try await things.findOneAndUpdate(["_id": 1], ["$inc": ["n": 1]], .init(upsert: true))
            #expect(changed?["n"] == 1)
        }
    }

    @Test("a read whose connection breaks is tried again")
    func retriedRead() async throws {
        try await failing(["find"], ["closeConnection": true]) { _, database in
            let found = try await database.collection("things").findOne()
            #expect(found == nil)
        }
        try await failing(["aggregate"], ["closeConnection": true]) { _, database in
            let count = try await database.collection("things").count()
            #expect(count == 0)
        }
    }

    @Test("a write that fails twice is an error of the network")
    func unknownOutcome() async throws {
        try await failing(["insert"], ["closeConnection": true], times: 2) { _, database in
            let error = await #expect(throws: MongoError.self) {
                try await database.collection("things").insert(["_id": 1])
            }
            #expect(error?.code == .network && error?.isRetryable == true)
        }
    }

    @Test("a commit whose outcome is unknown is repeated")
    func repeatedCommit() async throws {
        try await failing(["commitTransaction"], ["closeConnection": true], times: 3) { client, database in
            try await client.withTransaction { session throws(MongoError) in
                try await database.collection("things").insert(["_id": 1], session: session)
            }
            let count = try await database.collection("things").count()
            #expect(count == 1)
        }
    }

    @Test("a transient failure runs the whole body again, a bounded number of times")
    func transientTransaction() async throws {
        let failure: BSONDocument = ["errorCode": 112, "errorLabels": ["TransientTransactionError"]]
        try await failing(["insert"], failure, times: 3) { client, database in
            var runs = 0
            try await client.withTransaction { session throws(MongoError) in
                runs += 1
                try await database.collection("things").insert(["_id": 1], session: session)
            }
            #expect(runs == 4)
        }
        try await failing(["insert"], failure, times: 100) { client, database in
            var options = TransactionOptions()
            options.attempts = 3
            let error = await #expect(throws: MongoError.self) {
                try await client.withTransaction(options) { session throws(MongoError) in
                    try await database.collection("things").insert(["_id": 1], session: session)
                }
            }
            #expect(error?.isTransient == true)
        }
    }

    @Test("a write that the majority did not confirm is told apart from one that failed")
    func unconfirmedWrite() async throws {
        let failure: BSONDocument = ["writeConcernError": ["code": 64, "errmsg": "waited too long"]]
        try await failing(["insert"], failure) { _, database in
            let error = await #expect(throws: MongoError.self) {
                try await database.collection("things").insert(["_id": 1])
            }
            #expect(error?.code == .writeConcern && error?.serverCode == 64 && error?.message == "waited too long")
            #expect(error?.partialResult?.insertedCount == 1)
        }
        try await failing(["findAndModify"], failure) { _, database in
            let error = await #expect(throws: MongoError.self) {
                try await database.collection("things").findOneAndUpdate(
                    ["_id": 1], ["$set": ["n": 1]], .init(upsert: true))
            }
            #expect(error?.code == .writeConcern && error?.serverCode == 64)
        }
    }

    @Test("a change stream resumes by itself after a broken connection or a step-down")
    func resumedStream() async throws {
        for how: BSONDocument in [
            ["closeConnection": true], ["errorCode": 11602, "errorLabels": ["ResumableChangeStreamError"]],
        ] {
            try await failing(["getMore"], how) { _, database in
                let things = database.collection("things")
                let stream = try await things.watch(.init(maximumWait: .milliseconds(100)))
                try await things.insert(["_id": 1])
                for try await event in stream {
                    #expect(event[path: "documentKey._id"] == 1)
                    break
                }
            }
        }
    }

    @Test("a resume point that left the oplog is an error of its own")
    func lostHistory() async throws {
        try await failing(["getMore"], ["errorCode": 286]) { _, database in
            let stream = try await database.collection("things").watch(.init(maximumWait: .milliseconds(100)))
            let error = await #expect(throws: MongoError.self) { try await stream.nextBatch() }
            #expect(error?.code == .changeStreamHistoryLost && error?.serverCode == 286 && error?.isRetryable == false)
        }
    }
}
