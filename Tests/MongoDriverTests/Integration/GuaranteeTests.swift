import MongoDriver
import Synchronization
import Testing

@Suite(.enabled(if: TestServer.isPresent, TestServer.hint)) struct GuaranteeTests {
    /// Remembers the commands that were sent.
    private final class Recorder: Sendable {
        let events = Mutex<[CommandEvent]>([])

        var options: MongoClientOptions {
            var options = MongoClientOptions()
            options.commandObserver = { [self] event in events.withLock { $0.append(event) } }
            return options
        }

        func commands(_ name: String) -> [BSONDocument] {
            events.withLock { $0.filter { $0.name == name }.map(\.command) }
        }
    }

    private static func isMajority(_ concern: BSONValue?) -> Bool {
        concern?["w"] == "majority" && concern?["j"] == true
    }

    @Test("every write carries w majority with the journal, and single ones a number to be retried by")
    func writeConcern() async throws {
        let recorder = Recorder()
        try await TestServer.withDatabase(recorder.options) { _, database in
            let things = database.collection("things")
            try await things.insert(["_id": 1])
            try await things.updateOne(["_id": 1], ["$set": ["a": 1]])
            try await things.updateMany([:], ["$set": ["a": 2]])
            try await things.deleteOne(["_id": 1])
            _ = try await things.findOneAndUpdate(["_id": 2], ["$set": ["a": 1]], .init(upsert: true))
            try await things.createIndexes([IndexModel(["a": 1])])
            _ = try await things.findOne()
            _ = try await things.count()
            _ = try await things.distinct("a")
        }
        for name in ["insert", "update", "delete", "findAndModify", "createIndexes"] {
            let commands = recorder.commands(name)
            #expect(!commands.isEmpty && commands.allSatisfy { Self.isMajority($0["writeConcern"]) }, "\(name)")
        }
        for name in ["insert", "delete", "findAndModify"] {
            #expect(recorder.commands(name).allSatisfy { $0["txnNumber"] != nil && $0["lsid"] != nil }, "\(name)")
        }
        #expect(recorder.commands("update").map { $0["txnNumber"] != nil } == [true, false])
        #expect(recorder.commands("createIndexes").allSatisfy { $0["txnNumber"] == nil })
        for name in ["find", "aggregate", "distinct"] {
            let commands = recorder.commands(name)
            #expect(!commands.isEmpty && commands.allSatisfy { $0[path: "readConcern.level"] == "majority" }, "\(name)")
        }
    }

    @Test("every transaction says snapshot and majority itself, and shows nothing until it is committed")
    func transactionConcerns() async throws {
        let recorder = Recorder()
        try await TestServer.withDatabase(recorder.options) { client, database in
            let things = database.collection("things")
            try await database.createCollection("things")
            let count = try await client.withTransaction { session throws(MongoError) in
                try await things.insert(["_id": 1], session: session)
                _ = try await things.findOneAndUpdate(["_id": 1], ["$set": ["a": 1]], session: session)
                let outside = try await things.count()
                let inside = try await things.find(session: session).all().count
                return (outside, inside)
            }
            #expect(count == (0, 1))
            #expect(try await things.count() == 1)
        }
        let first = try #require(recorder.commands("insert").first)
        #expect(first["startTransaction"] == true && first[path: "readConcern.level"] == "snapshot")
        #expect(first["writeConcern"] == nil)
        #expect(recorder.commands("commitTransaction").allSatisfy { Self.isMajority($0["writeConcern"]) })
        #expect(!recorder.commands("commitTransaction").isEmpty)
    }

    @Test("an error in the body aborts the transaction and is thrown as it is")
    func abort() async throws {
        struct Refusal: MongoErrorConvertible, Equatable {
            var mongoError: MongoError? { nil }
            init() {}
            init(_ error: MongoError) {}
        }
        try await TestServer.withDatabase { client, database in
            let things = database.collection("things")
            try await database.createCollection("things")
            await #expect(throws: Refusal()) {
                try await client.withTransaction { session throws(Refusal) in
                    do throws(MongoError) {
                        try await things.insert(["_id": 1], session: session)
                    } catch { throw Refusal(error) }
                    throw Refusal()
                }
            }
            #expect(try await things.count() == 0)
        }
    }

    @Test("rival transactions on one document all succeed in the end")
    func contention() async throws {
        try await TestServer.withDatabase { client, database in
            let things = database.collection("things")
            try await things.insert(["_id": 1, "n": 0])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<24 {
                    group.addTask {
                        try await client.withTransaction { session throws(MongoError) in
                            let found = try await things.findOne(["_id": 1], session: session)
                            let next = (found?["n"]?.intValue ?? 0) + 1
                            try await things.updateOne(["_id": 1], ["$set": ["n": .integer(next)]], session: session)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await things.findOne()?["n"] == 24)
        }
    }

    @Test(
        "operations outside of sessions go on while every session is in use, and a further session is refused in time")
    func sessionsBusy() async throws {
        var options = MongoClientOptions()
        options.concurrentSessions = 2
        options.sessionPatience = .milliseconds(50)
        try await TestServer.withDatabase(options) { client, database in
            let first = try await client.startSession()
            let second = try await client.startSession()
            let error = await #expect(throws: MongoError.self) { _ = try await client.startSession() }
            #expect(error?.code == .sessionsBusy)
            try await database.collection("things").insert(["_id": 1])
            first.end()
            let third = try await client.startSession()
            try await database.collection("things").insert(["_id": 2], session: third)
            let ended = await #expect(throws: MongoError.self) {
                try await database.collection("things").insert(["_id": 3], session: second)
                second.end()
                try await database.collection("things").insert(["_id": 4], session: second)
            }
            #expect(ended?.code == .invalidArgument)
        }
    }
}
