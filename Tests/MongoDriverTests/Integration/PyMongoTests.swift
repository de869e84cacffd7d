import Foundation
import MongoDriver
import TestSupport
import Testing

/// A Python that has PyMongo, to read our documents with other eyes.
enum PyMongo {
    static let python = ProcessInfo.processInfo.environment["ANIMEMATCHER_PYTHON"]
    static let isPresent = python.map { FileManager.default.isExecutableFile(atPath: $0) } ?? false

    /// Runs a program with arguments and returns what it prints.
    static func run(_ program: String, _ arguments: [String]) async throws -> String {
        let result = try await Command(try #require(python), ["-c", program] + arguments).run()
        #expect(result.status == 0, "\(result.errors)")
        return result.output
    }
}

@Suite(
    .enabled(if: TestServer.isPresent, TestServer.hint),
    .enabled(if: PyMongo.isPresent, "set ANIMEMATCHER_PYTHON to a Python that has PyMongo"))
struct PyMongoTests {
    @Test("PyMongo reads what we write, and we read what it writes")
    func bothWays() async throws {
        try await TestServer.withDatabase { _, database in
            let things = database.collection("things")
            var random = RandomBSON(seed: 42)
            var documents: [BSONDocument] = []
            for number in 0..<100 {
                let fields = (0..<8).map { ("k\($0)", random.value(depth: 2)) }
                documents.append(BSONDocument([("_id", .integer(number))] + fields))
            }
            try await things.insertMany(documents)
            // Raw BSON, so that PyMongo's own types lose nothing; then its dictionaries must mean the same.
            let program = """
                import sys, bson
                from bson.codec_options import CodecOptions, DatetimeConversion
                from pymongo import MongoClient
                options = CodecOptions(tz_aware=True, datetime_conversion=DatetimeConversion.DATETIME_AUTO)
                base = MongoClient(sys.argv[1])[sys.argv[2]].with_options(codec_options=options)
                copies = list(base.things.find(sort=[("_id", 1)]))
                base.copies.insert_many(copies)
                print(len(copies), sum(len(bson.encode(d, codec_options=options)) for d in copies))
                """
            let printed = try await PyMongo.run(program, [try #require(TestServer.uri), database.name])
            let bytes = try documents.reduce(0) { try $0 + $1.bson().count }
            #expect(printed == "100 \(bytes)\n")
            let copies = try await database.collection("copies").find([:], .init(sort: ["_id": 1])).all()
            #expect(copies == documents)
        }
    }
}
