import FoundationEssentials
import MongoDriver
import Testing

@Suite struct BSONDocumentTests {
    @Test("any document is read back as it was written", arguments: 0..<300)
    func roundTrip(seed: UInt64) throws {
        var random = RandomBSON(seed: seed)
        let document = random.document()
        let bytes = try document.bson()
        #expect(try BSONDocument(bson: bytes) == document)
        #expect(try BSONDocument(bson: bytes).bson() == bytes)
    }

    @Test("canonical extended JSON, which libbson writes and reads, keeps every type", arguments: 0..<300)
    func extendedJSONRoundTrip(seed: UInt64) throws {
        var random = RandomBSON(seed: seed)
        let document = random.document()
        #expect(try BSONDocument(extendedJSON: document.extendedJSON(.canonical)) == document)
    }

    @Test("the bytes are those of the specification's examples")
    func specificationExamples() throws {
        let hello: BSONDocument = ["hello": "world"]
        #expect(
            try hello.bson() == [0x16, 0, 0, 0, 0x02] + Array("hello\0".utf8) + [6, 0, 0, 0] + Array("world\0".utf8) + [
                0
            ])
        let awesome: BSONDocument = ["BSON": ["awesome", 5.05, 1986]]
        let expected: [UInt8] =
            [0x31, 0, 0, 0, 0x04] + Array("BSON\0".utf8) + [0x26, 0, 0, 0, 0x02, 0x30, 0, 8, 0, 0, 0]
            + Array("awesome\0".utf8) + [0x01, 0x31, 0, 0x33, 0x33, 0x33, 0x33, 0x33, 0x33, 0x14, 0x40]
            + [0x10, 0x32, 0, 0xC2, 0x07, 0, 0, 0, 0]
        #expect(try awesome.bson() == expected)
    }

    @Test("extended JSON has the standard's two forms")
    func extendedJSONForms() throws {
        let document: BSONDocument = ["n": 1, "d": .date(Date(timeIntervalSince1970: 0)), "x": 0.5]
        #expect(
            try document.extendedJSON(.canonical)
                == #"{ "n" : { "$numberInt" : "1" }, "d" : { "$date" : { "$numberLong" : "0" } }, "x" : { "$numberDouble" : "0.5" } }"#
        )
        #expect(try document.extendedJSON() == #"{ "n" : 1, "d" : { "$date" : "1970-01-01T00:00:00Z" }, "x" : 0.5 }"#)
        #expect(throws: MongoError.self) { try BSONDocument(extendedJSON: #"{"a": }"#) }
        #expect(throws: MongoError.self) { try BSONDocument(extendedJSON: "") }
    }

    @Test("fields keep their order; setting, removing and a path work as named")
    func access() {
        var document: BSONDocument = ["b": 1, "a": ["x": [1, ["y": "deep"]]]]
        document["c"] = true
        document["b"] = 2
        #expect(document.keys == ["b", "a", "c"])
        #expect(document[path: "a.x.1.y"] == "deep")
        #expect(document[path: "a.x.7.y"] == nil)
        document["b"] = nil
        #expect(document == ["a": ["x": [1, ["y": "deep"]]], "c": true])
        #expect(document != ["c": true, "a": ["x": [1, ["y": "deep"]]]])
        #expect(BSONDocument([("k", 1), ("k", 2)]) == ["k": 2])
    }

    @Test("identifiers differ, grow, and read their own digits")
    func objectIDs() throws {
        let made = (0..<1000).map { _ in ObjectID() }
        #expect(Set(made).count == 1000)
        let first = try #require(made.first)
        #expect(ObjectID(hex: first.hex) == first)
        #expect(ObjectID(bytes: first.bytes) == first)
        #expect(ObjectID(hex: "507f1f77bcf86cd799439011")?.bytes.first == 0x50)
        #expect(ObjectID(hex: "+07f1f77bcf86cd799439011") == nil)
        #expect(ObjectID(hex: "507f1f77bcf86cd79943901") == nil)
    }

    @Test(
        "decimals keep their digits",
        arguments: ["0", "-1.50", "1E+3", "NaN", "Infinity", "9.999999999999999999999999999999999E+6144"])
    func decimals(text: String) throws {
        #expect(try #require(BSONDecimal128(text)).description == text)
    }

    @Test("what is no decimal is none", arguments: ["", "1.2.3", "ten", "1\0"])
    func notDecimals(text: String) {
        #expect(BSONDecimal128(text) == nil)
    }
}
