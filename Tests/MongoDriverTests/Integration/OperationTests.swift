import Foundation
import MongoDriver
import Testing

@Suite(.enabled(if: TestServer.isPresent, TestServer.hint)) struct OperationTests {
    @Test("a document of every type is stored and read back")
    func everyType() async throws {
        try await TestServer.withDatabase { _, database in
            let things = database.collection("things")
            var random = RandomBSON(seed: 1)
            for _ in 0..<50 {
                let content = (0..<12).map { ("k\($0)", random.value(depth: 3)) }
                let document = BSONDocument([("_id", .objectID(ObjectID()))] + content)
                let identifier = try await things.insert(document)
                #expect(try await things.findOne(["_id": identifier]) == document)
            }
        }
    }

    @Test("each write does what it says")
    func writes() async throws {
        try await TestServer.withDatabase { _, database in
            let things = database.collection("things")
            try await things.insertMany((1...5).map { ["_id": .integer($0), "n": .integer($0)] })
            let update = try await things.updateOne(["_id": 1], ["$set": ["n": 10]])
            #expect(update.matchedCount == 1 && update.modifiedCount == 1 && update.upsertedID == nil)
            #expect(try await things.updateMany(["n": ["$gt": 3]], ["$inc": ["n": 1]]).modifiedCount == 3)
            let upsert = try await things.updateOne(["_id": 9], ["$set": ["n": 9]], .upsert)
            #expect(upsert.upsertedID == 9)
            #expect(try await things.replaceOne(["_id": 2], with: ["m": 1]).modifiedCount == 1)
            #expect(try await things.findOne(["_id": 2]) == ["_id": 2, "m": 1])
            #expect(try await things.deleteOne(["_id": 2]) == 1)
            #expect(try await things.deleteMany(["n": ["$exists": true]]) == 5)
            #expect(try await things.count() == 0)
            let piped = try await things.updateOne(["_id": 3], .pipeline([["$set": ["at": "$$NOW"]]]), .upsert)
            #expect(piped.upsertedID == 3)
            #expect(try await things.findOne(["_id": 3])?["at"]?.dateValue != nil)
        }
    }

    @Test("findOneAndUpdate returns the state asked for, and nil for no match")
    func findAndModify() async throws {
        try await TestServer.withDatabase { _, database in
            let things = database.collection("things")
            #expect(try await things.findOneAndUpdate(["_id": 1], ["$set": ["n": 1]]) == nil)
            #expect(
                try await things.findOneAndUpdate(["_id": 1], ["$inc": ["n": 1]], .init(upsert: true)) == [
                    "_id": 1, "n": 1,
                ])
            let before = try await things.findOneAndUpdate(["_id": 1], ["$inc": ["n": 1]], .init(returning: .before))
            #expect(before?["n"] == 1)
            #expect(try await things.findOneAndReplace(["_id": 1], with: ["m": 1]) == ["_id": 1, "m": 1])
            #expect(try await things.findOneAndDelete(["_id": 1]) == ["_id": 1, "m": 1])
            #expect(try await things.findOneAndDelete(["_id": 1]) == nil)
        }
    }

    @Test("a query sorts, projects, skips and limits; a cursor walks all batches")
    func queries() async throws {
        try await TestServer.withDatabase { _, database in
            let things = database.collection("things")
            try await things.insertMany((0..<2500).map { ["_id": .integer($0), "n": .integer($0 % 10)] })
            var seen = 0
            for try await document in try await things.find([:], .init(sort: ["_id": 1], batchSize: 700)) {
                #expect(document["_id"]?.intValue == seen)
                seen += 1
            }
            #expect(seen == 2500)
            let page = try await things.find(
                ["n": 3], .init(sort: ["_id": -1], projection: ["_id": 1], skip: 2, limit: 2)
            ).all()
            #expect(page == [["_id": 2473], ["_id": 2463]])
            #expect(try await things.distinct("n").count == 10)
            #expect(try await things.count(["n": 3]) == 250)
            #expect(try await things.estimatedCount() == 2500)
            let sums = try await things.aggregate([["$group": ["_id": "$n", "c": ["$sum": 1]]], ["$sort": ["_id": 1]]])
                .all()
            #expect(sums.count == 10 && sums.first == ["_id": 0, "c": 250])
        }
    }

    @Test("more open cursors than threads do not block anything")
    func manyCursors() async throws {
        var options = MongoClientOptions()
        options.concurrentOperations = 2
        try await TestServer.withDatabase(options) { _, database in
            let things = database.collection("things")
            try await things.insertMany((0..<50).map { ["_id": .integer($0)] })
            var cursors: [MongoCursor] = []
            for _ in 0..<20 { cursors.append(try await things.find([:], .init(sort: ["_id": 1], batchSize: 7))) }
            for cursor in cursors { #expect(try await cursor.all().count == 50) }
        }
    }

    @Test("indexes are created once, named, and enforced")
    func indexes() async throws {
        try await TestServer.withDatabase { _, database in
            let things = database.collection("things")
            let wanted = [
                IndexModel(["a": 1, "b": -1]),
                IndexModel(["u": 1], isUnique: true, partialFilter: ["u": ["$exists": true]]),
            ]
            #expect(try await things.createIndexes(wanted) == ["a_1_b_-1", "u_1"])
            try await things.createIndexes(wanted)
            #expect(
                Set(try await things.indexes().compactMap { $0["name"]?.stringValue }) == ["_id_", "a_1_b_-1", "u_1"])
            try await things.insert(["u": 1])
            let error = await #expect(throws: MongoError.self) { try await things.insert(["u": 1]) }
            #expect(error?.code == .duplicateKey && error?.serverCode == 11000)
            try await things.dropIndex("u_1")
            try await things.insert(["u": 1])
            #expect(try await database.collectionNames() == ["things"])
        }
    }
}
