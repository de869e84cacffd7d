import MongoDriver
import Testing

@Suite(.enabled(if: TestServer.isPresent, TestServer.hint)) struct ChangeStreamTests {
    private func options(_ start: ChangeStreamStart = .now) -> ChangeStreamOptions {
        ChangeStreamOptions(start: start, maximumWait: .milliseconds(200))
    }

    private func identifiers(_ stream: ChangeStream, count: Int) async throws -> [Int] {
        var found: [Int] = []
        for try await event in stream {
            found.append(event[path: "documentKey._id"]?.intValue ?? -1)
            if found.count == count { break }
        }
        return found
    }

    @Test("changes come in order, and a token resumes after the last one")
    func resume() async throws {
        try await TestServer.withDatabase { _, database in
            let things = database.collection("things")
            try await database.createCollection("things")
            let stream = try await things.watch(options())
            try await things.insertMany((1...5).map { ["_id": .integer($0)] })
            let batch = try await stream.nextBatch()
            let seen = try #require(batch).events.count
            let token = try #require(batch?.resumeToken)
            stream.close()
            let resumed = try await things.watch(options(.after(token)))
            try await things.insert(["_id": 6])
            #expect(try await identifiers(resumed, count: 6 - seen) == Array((seen + 1)...6))
        }
    }

    @Test("a quiet stream gives empty batches with a token that moves on")
    func quiet() async throws {
        try await TestServer.withDatabase { _, database in
            try await database.createCollection("things")
            let stream = try await database.watch(options())
            let first = try #require(try await stream.nextBatch())
            #expect(first.events.isEmpty && first.resumeToken != nil)
        }
    }

    @Test("a stream starts at an operation time, and includes whole documents when asked")
    func operationTime() async throws {
        try await TestServer.withDatabase { client, database in
            let things = database.collection("things")
            let hello = try await client.database("admin").runCommand(["hello": 1])
            let time = try #require(hello["operationTime"]?.timestampValue)
            try await things.insert(["_id": 1, "n": 1])
            try await things.updateOne(["_id": 1], ["$set": ["n": 2]])
            var options = options(.at(time))
            options.includesFullDocument = true
            options.pipeline = [["$match": ["operationType": "update"]]]
            let stream = try await things.watch(options)
            for try await event in stream {
                #expect(event["fullDocument"] == ["_id": 1, "n": 2])
                break
            }
        }
    }

    @Test("a lost cursor is resumed without a gap")
    func lostCursor() async throws {
        try await TestServer.withDatabase { client, database in
            let things = database.collection("things")
            try await database.createCollection("things")
            let stream = try await things.watch(options())
            try await things.insert(["_id": 1])
            #expect(try await identifiers(stream, count: 1) == [1])
            let pipeline: BSONValue = [
                ["$currentOp": ["idleCursors": true]],
                ["$match": ["type": "idleCursor", "ns": .string("\(database.name).things")]],
            ]
            // As it stands: this stage refuses read concern majority.
            let reply = try await client.database("admin").runCommand([
                "aggregate": 1, "pipeline": pipeline, "cursor": [:],
            ])
            let cursors = reply[path: "cursor.firstBatch"]?.arrayValue ?? []
            let identifiers = cursors.compactMap { $0.documentValue?[path: "cursor.cursorId"] }
            #expect(!identifiers.isEmpty)
            try await database.runCommand(["killCursors": "things", "cursors": .array(identifiers)])
            try await things.insert(["_id": 2])
            #expect(try await self.identifiers(stream, count: 1) == [2])
        }
    }

    @Test("a stream ends when its collection is dropped")
    func invalidated() async throws {
        try await TestServer.withDatabase { _, database in
            let things = database.collection("things")
            try await database.createCollection("things")
            let stream = try await things.watch(options())
            try await things.drop()
            var types: [String] = []
            for try await event in stream { types.append(event["operationType"]?.stringValue ?? "") }
            #expect(types == ["drop", "invalidate"])
        }
    }
}
