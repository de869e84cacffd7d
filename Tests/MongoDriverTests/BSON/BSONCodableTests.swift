import FoundationEssentials
import MongoDriver
import Testing

@Suite struct BSONCodableTests {
    struct Song: Codable, Equatable { var title: String, artist: String? }

    enum Kind: String, Codable { case tv, movie }

    struct Entry: Codable, Equatable {
        var _id: ObjectID
        var title: String
        var kind: Kind
        var episodes: Int
        var small: Int32
        var large: Int64
        var score: Double
        var ratio: Float
        var isAdult: Bool
        var aired: Date
        var image: Data
        var uuid: UUID
        var price: Decimal
        var songs: [Song]
        var votes: [String: Int]
        var extra: BSONValue
        var raw: BSONDocument
        var exact: BSONDecimal128
        var unsigned: UInt8
    }

    private func entry() throws -> Entry {
        Entry(
            _id: ObjectID(), title: "勇気", kind: .movie, episodes: 52, small: 7, large: 8, score: 8.5, ratio: 0.25,
            isAdult: false, aired: Date(timeIntervalSince1970: 951_782_400.125), image: Data([1, 2, 3]), uuid: UUID(),
            price: try #require(Decimal(string: "12.50")),
            songs: [Song(title: "a", artist: nil), Song(title: "b", artist: "c")],
            votes: ["x": 1, "y": 5_000_000_000], extra: [1, "two"], raw: ["z": 1, "a": 2],
            exact: try #require(BSONDecimal128("1.10")), unsigned: 255)
    }

    @Test("a struct of every kind of field comes back, through bytes too")
    func roundTrip() throws {
        let entry = try entry()
        let document = try BSONEncoder().encode(entry)
        #expect(try BSONDecoder().decode(Entry.self, from: BSONDocument(bson: document.bson())) == entry)
    }

    @Test("Swift types have the BSON types that the documentation says")
    func types() throws {
        let document = try BSONEncoder().encode(try entry())
        let names = Dictionary(uniqueKeysWithValues: document.map { ($0.key, $0.value.typeName) })
        #expect(names["_id"] == "objectId" && names["episodes"] == "int" && names["large"] == "long")
        #expect(names["aired"] == "date" && names["image"] == "binData" && names["uuid"] == "binData")
        #expect(names["price"] == "decimal" && names["extra"] == "array" && names["ratio"] == "double")
        #expect(document[path: "votes.y"] == .int64(5_000_000_000))
        #expect(document[path: "songs.0"] == ["title": "a"])
    }

    @Test("numbers convert when they keep their value, and are refused otherwise")
    func numbers() throws {
        #expect(try BSONDecoder().decode(Int.self, from: .double(3)) == 3)
        #expect(try BSONDecoder().decode(Double.self, from: .int32(3)) == 3)
        #expect(try BSONDecoder().decode([UInt8].self, from: [1, 255]) == [1, 255])
        for value: BSONValue in [256, -1, 0.5, "1", nil] {
            #expect(throws: MongoError.self) { try BSONDecoder().decode(UInt8.self, from: value) }
        }
        #expect(throws: MongoError.self) { try BSONDecoder().decode(Double.self, from: .int64((1 << 53) + 1)) }
        #expect(throws: MongoError.self) { try BSONEncoder().encodeValue(UInt64.max) }
    }

    @Test("errors name the field")
    func errorPaths() throws {
        let document: BSONDocument = ["songs": [["title": "a"], ["title": 1]]]
        struct Holder: Codable { var songs: [Song] }
        let mismatch = #expect(throws: MongoError.self) { try BSONDecoder().decode(Holder.self, from: document) }
        #expect(mismatch?.code == .decoding)
        #expect(mismatch?.fieldPath == "songs.1.title")
        let missing = #expect(throws: MongoError.self) {
            try BSONDecoder().decode(Holder.self, from: [:] as BSONDocument)
        }
        #expect(missing?.fieldPath == "songs")
    }

    @Test("a superclass, an enumeration with payloads and nil in arrays are kept")
    func harderShapes() throws {
        enum Step: Codable, Equatable { case wait(seconds: Int), go }
        let steps: [Step?] = [.wait(seconds: 3), nil, .go]
        let value = try BSONEncoder().encodeValue(steps)
        #expect(try BSONDecoder().decode([Step?].self, from: value) == steps)
    }
}
