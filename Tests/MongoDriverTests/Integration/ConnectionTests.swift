import MongoDriver
import Testing

@Suite struct ConnectionTests {
    @Test("an unreachable server fails in time and names its host and port, not the password")
    func unreachable() async throws {
        var options = MongoClientOptions()
        options.serverSelectionTimeout = .milliseconds(600)
        let client = try MongoClient(uri: "mongodb://someone:hunter22@127.0.0.1:1/?replicaSet=rs0", options: options)
        let error = await #expect(throws: MongoError.self) { try await client.ping() }
        #expect(error?.code == .unreachable)
        let text = "\(try #require(error)) \(client)"
        #expect(text.contains("127.0.0.1:1") && !text.contains("hunter22") && !text.contains("someone"))
        await client.close()
        let closed = await #expect(throws: MongoError.self) { try await client.ping() }
        #expect(closed?.code == .closed)
    }

    @Test(
        "a wrong connection string is refused without repeating its credentials",
        arguments: [
            "", "http://x", "mongodb://", "mongodb://someone:hunter%2@host", "mongodb://someone:hunt/er22@host:99999",
            "mongodb://someone:hunter22@host/?w=1", "mongodb://someone:hunter22@host/?readPreference=secondary",
            "mongodb://host\0:1",
        ])
    func invalid(uri: String) {
        let error = #expect(throws: MongoError.self) { try MongoClient(uri: uri) }
        #expect(error?.code == .invalidURI)
        #expect(error.map { !"\($0)".contains("hunt") && !"\($0)".contains("someone") } == true)
    }

    @Test("w=majority and the primary may be said in the connection string")
    func allowed() async throws {
        let client = try MongoClient(uri: "mongodb://127.0.0.1:1/?w=majority&readPreference=primary&retryWrites=true")
        #expect(client.hosts == ["127.0.0.1:1"])
        await client.close()
    }

    @Test("a cancelled task gives up its place in the queue")
    func cancellation() async throws {
        var options = MongoClientOptions()
        options.serverSelectionTimeout = .milliseconds(800)
        options.concurrentOperations = 1
        let client = try MongoClient(uri: "mongodb://127.0.0.1:1/", options: options)
        let busy = Task { try? await client.ping() }
        let waiting = Task { () -> MongoError? in
            do throws(MongoError) { try await client.ping() } catch { return error }
            return nil
        }
        waiting.cancel()
        #expect(await waiting.value?.code == .cancelled)
        await busy.value
        await client.close()
    }
}

@Suite(.enabled(if: TestServer.isPresent, TestServer.hint)) struct ServerTests {
    @Test("a lone server is made a replica set once only")
    func replicaSet() async throws {
        try await TestServer.withDatabase { client, _ in
            try await client.ping()
            try await client.initiateReplicaSet(named: "rs0", host: try #require(client.hosts.first))
        }
    }

    @Test("a slow operation is stopped at its time limit")
    func timeLimit() async throws {
        try await TestServer.withDatabase { _, database in
            let things = database.collection("things")
            try await things.insertMany((0..<2000).map { ["_id": .integer($0)] })
            let pipeline: [BSONDocument] = [
                [
                    "$lookup": [
                        "from": "things", "pipeline": [["$lookup": ["from": "things", "pipeline": [], "as": "y"]]],
                        "as": "x",
                    ]
                ],
                ["$group": ["_id": 1, "n": ["$sum": ["$size": "$x"]]]],
            ]
            let error = await #expect(throws: MongoError.self) {
                _ = try await things.aggregate(pipeline, timeLimit: .milliseconds(20)).all()
            }
            #expect(error?.code == .timeLimit)
        }
    }
}
