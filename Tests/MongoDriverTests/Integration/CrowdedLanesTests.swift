import MongoDriver
import Testing

@Suite(.enabled(if: TestServer.isPresent, TestServer.hint)) struct CrowdedLanesTests {
    @Test(
        "many more tasks than lanes, each with a transaction that reads outside of it, all come to their end",
        .timeLimit(.minutes(3)))
    func nestedOperations() async throws {
        var options = MongoClientOptions()
        (options.concurrentOperations, options.concurrentSessions) = (1, 2)
        options.sessionPatience = .seconds(120)
        try await TestServer.withDatabase(options) { client, database in
            let (things, others) = (database.collection("things"), database.collection("others"))
            try await database.createCollection("things")
            try await others.insert(["_id": 0])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        try await client.withTransaction { session throws(MongoError) in
                            _ = try await things.insert(["_id": .integer(number)], session: session)
                            // On the one lane for everybody, while this task keeps one of the two for sessions.
                            _ = try await others.findOne(["_id": 0])
                            for _ in 0..<3 { _ = try await things.findOne(["_id": .integer(number)], session: session) }
                        }
                        let cursor = try await others.find()
                        _ = try await others.count()
                        _ = try await cursor.all()
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await things.count() == 60)
        }
    }

    @Test("a transaction inside a transaction that finds no session is refused in time", .timeLimit(.minutes(1)))
    func nestedTransactions() async throws {
        var options = MongoClientOptions()
        options.concurrentSessions = 1
        options.sessionPatience = .milliseconds(200)
        try await TestServer.withDatabase(options) { client, database in
            let things = database.collection("things")
            try await database.createCollection("things")
            let error = await #expect(throws: MongoError.self) {
                try await client.withTransaction { session throws(MongoError) in
                    _ = try await things.insert(["_id": 1], session: session)
                    try await client.withTransaction { inner throws(MongoError) in
                        _ = try await things.insert(["_id": 2], session: inner)
                    }
                }
            }
            #expect(error?.code == .sessionsBusy)
            #expect(try await things.count() == 0)
        }
    }
}
