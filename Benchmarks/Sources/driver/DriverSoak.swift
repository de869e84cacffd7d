import Foundation
import MongoDriver

/// Every kind of operation over and over, so that what is not given back shows.
struct DriverSoak {
    let uri: String
    let rounds: Int

    func run() async throws {
        let client = try MongoClient(uri: uri)
        let database = client.database("driver_soak")
        try await database.drop()
        try await database.createCollection("strict", validator: ["a": ["$type": "int"]])
        let (things, strict) = (database.collection("things"), database.collection("strict"))
        try await things.insertMany((0..<200).map { ["_id": .integer($0), "a": .integer($0), "t": "text"] })
        let sample: BSONDocument = ["a": ["b": 1.5]]
        let kinds: [(String, () async throws -> Void)] = [
            ("command", { try await database.runCommand(["ping": 1]) }),
            (
                "insert and delete",
                {
                    try await things.insert(["_id": "x", "a": 1])
                    _ = try await things.deleteOne(["_id": "x"])
                }
            ),
            ("update", { _ = try await things.updateOne(["_id": 1], ["$inc": ["n": 1]]) }),
            ("find and update", { _ = try await things.findOneAndUpdate(["_id": 2], ["$inc": ["n": 1]]) }),
            ("find one", { _ = try await things.findOne(["_id": 3]) }),
            (
                "cursor left open",
                {
                    let cursor = try await things.find([:], .init(batchSize: 10))
                    _ = try await cursor.nextBatch()
                }
            ),
            (
                "count and distinct",
                {
                    _ = try await things.count(["a": ["$lt": 5]])
                    _ = try await things.distinct("t")
                }
            ),
            (
                "bulk write",
                {
                    _ = try await things.bulkWrite(
                        [
                            .updateOne(["_id": 1], ["$set": ["b": 1]]),
                            .replaceOne(["_id": 5], ["a": 5, "t": "text"], .upsert),
                        ])
                }
            ),
            ("refused rows", { _ = try await strict.bulkWrite([.insertOne(["a": "no"])], ordered: false) }),
            (
                "transaction",
                {
                    try await client.withTransaction { session throws(MongoError) in
                        _ = try await things.updateOne(["_id": 7], ["$inc": ["n": 1]], session: session)
                    }
                }
            ),
            (
                "extended JSON",
                { _ = try BSONDocument(extendedJSON: sample.extendedJSON()) }
            ),
        ]
        for (name, operation) in kinds {
            for _ in 0..<max(1, rounds / 5) { try await operation() }
            let before = ProcessCost.residentKiB
            for _ in 0..<rounds { try await operation() }
            print("{\"kind\": \"\(name)\", \"rounds\": \(rounds), \"grown_kib\": \(ProcessCost.residentKiB - before)}")
            fflush(nil)
        }
        // A change stream has a thread of its own each time: fewer of them.
        let streams = max(1, rounds / 100)
        for _ in 0..<max(1, streams / 5) { try await things.watch().close() }
        let before = ProcessCost.residentKiB
        for _ in 0..<streams { try await things.watch().close() }
        print(
            "{\"kind\": \"change stream\", \"rounds\": \(streams), \"grown_kib\": \(ProcessCost.residentKiB - before)}")
        try await database.drop()
        await client.close()
    }
}
