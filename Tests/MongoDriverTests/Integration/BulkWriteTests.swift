import MongoDriver
import Testing

@Suite(.enabled(if: TestServer.isPresent, TestServer.hint)) struct BulkWriteTests {
    private static let validator: BSONDocument = [
        "$jsonSchema": [
            "bsonType": "object", "required": ["n"],
            "properties": ["n": ["bsonType": "int", "description": "n counts something"]],
        ]
    ]

    @Test("out of order, bad rows are told one by one and all others are written")
    func unordered() async throws {
        try await TestServer.withDatabase { _, database in
            try await database.createCollection("things", validator: Self.validator)
            let things = database.collection("things")
            let deep = (0..<200).reduce(BSONDocument()) { document, _ in ["a": .document(document)] }
            let result = try await things.bulkWrite(
                [
                    .insertOne(["_id": 1, "n": 1]),
                    .insertOne(["_id": 1, "n": 2]),
                    .insertOne(["_id": 2, "n": "text"]),
                    .insertOne(["_id": 3, "n": 3, "deep": .document(deep)]),
                    .insertOne(["_id": 4, "n": 4, "$where": "1"]),
                    .updateOne(["_id": 5], ["$set": ["n": 5]], .upsert),
                    .updateOne(["_id": 1], ["$inc": ["n": 1]]),
                    .deleteOne(["_id": 5]),
                    .updateOne(["_id": 1], ["n": 1]),
                    .insertOne(["_id": 6, "n": 6]),
                ], ordered: false)
            #expect(result.writeErrors.map(\.index) == [1, 2, 3, 4, 8])
            #expect(
                result.writeErrors.map(\.code) == [
                    .duplicateKey, .validation, .limitExceeded, .invalidBSON, .invalidArgument,
                ])
            #expect(result.insertedCount == 2 && result.modifiedCount == 1 && result.deletedCount == 1)
            #expect(result.upsertedIDs == [5: 5])
            let rule = result.writeErrors[1].details
            #expect(rule?[path: "details.schemaRulesNotSatisfied.0.propertiesNotSatisfied.0.propertyName"] == "n")
        }
    }

    @Test("in order, the first bad row ends the rest")
    func ordered() async throws {
        try await TestServer.withDatabase { _, database in
            let things = database.collection("things")
            let rows: [WriteModel] = [.insertOne(["_id": 1]), .insertOne(["_id": 1]), .insertOne(["_id": 2])]
            let result = try await things.bulkWrite(rows)
            #expect(result.insertedCount == 1 && result.writeErrors.map(\.index) == [1])
            let refused = try await things.bulkWrite([
                .insertOne(["_id": 3]), .insertOne(["a.b": 1]), .insertOne(["_id": 4]),
            ])
            #expect(refused.insertedCount == 1 && refused.writeErrors.map(\.index) == [1])
            #expect(try await things.count() == 2)
            #expect(try await things.bulkWrite([]) == BulkResult())
        }
    }

    @Test("a validator's refusal tells the rule that was broken")
    func validation() async throws {
        try await TestServer.withDatabase { _, database in
            try await database.createCollection("things")
            try await database.setValidator(Self.validator, of: "things")
            let things = database.collection("things")
            let error = await #expect(throws: MongoError.self) { try await things.insert(["n": "text"]) }
            #expect(error?.code == .validation && error?.serverCode == 121)
            #expect(error?.details?[path: "details.schemaRulesNotSatisfied.0.operatorName"] == "properties")
            try await things.insert(["_id": 1, "n": 1])
            let modified = await #expect(throws: MongoError.self) {
                try await things.findOneAndUpdate(["_id": 1], ["$set": ["n": "x"]])
            }
            #expect(modified?.code == .validation && modified?.details != nil)
            let exists = await #expect(throws: MongoError.self) {
                try await database.createCollection("things", options: ["capped": true, "size": 4096])
            }
            #expect(exists?.code == .namespaceExists)
        }
    }

    @Test("keys that would act as operators are not stored", arguments: ["$set", "$where", "a.b", ".", "$"])
    func operatorKeys(key: String) async throws {
        try await TestServer.withDatabase { _, database in
            let things = database.collection("things")
            for document: BSONDocument in [[key: 1], ["a": [key: 1]], ["a": [[key: 1]]]] {
                await #expect(throws: MongoError.self) { try await things.insert(document) }
                await #expect(throws: MongoError.self) { try await things.replaceOne([:], with: document, .upsert) }
            }
            let count = try await things.count()
            #expect(count == 0)
        }
    }
}
