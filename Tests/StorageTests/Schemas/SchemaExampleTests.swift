import CrawlDomain
import CrawlEngine
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing
import WebStandards

/// What the documentation shows is what the item pipeline and the server accept, and they refuse the same.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct SchemaExampleTests {
    private let folder = TemporaryDatabase.schemas

    @Test("the server takes every example")
    func server() async throws {
        try await TemporaryDatabase.with { temporary in
            for schema in try SchemaSet(folder: folder).schemas {
                let collection = temporary.client.database(temporary.name).collection(schema.collection)
                try await collection.deleteMany([:])
                for example in try SchemaExamples.read(schema.collection, folder: folder) {
                    do { try await collection.insert(example) } catch {
                        Issue.record("\(schema.collection): \(error)")
                    }
                }
            }
        }
    }

    @Test("the item pipeline takes every example of an item, and changes nothing of it", arguments: ItemType.allCases)
    func pipeline(type: ItemType) throws {
        let pipeline = ItemPipeline(schemas: try ItemSchemas(directory: folder.path))
        for example in try SchemaExamples.read(type.collection, folder: folder) {
            let fields = example.item
            guard case .item(let item) = pipeline.process(fields, type: type) else {
                Issue.record("\(type): \(pipeline.process(fields, type: type))")
                continue
            }
            for (name, value) in fields { #expect(item.fields[name] == value, "\(name)") }
        }
    }

    @Test("what is wrong with an item is wrong for the pipeline and for the server", arguments: ItemType.allCases)
    func agreement(type: ItemType) async throws {
        let schema = try ItemSchemas(directory: folder.path)[type]
        try await TemporaryDatabase.with { temporary in
            let collection = temporary.client.database(temporary.name).collection(type.collection)
            var refused = 0
            var cases = 0
            for example in try SchemaExamples.read(type.collection, folder: folder) {
                for broken in Breakage.all(of: example.item) {
                    cases += 1
                    let ours = schema.violations(of: .object(broken.fields))
                    var theirs: MongoError?
                    do throws(MongoError) {
                        try await collection.insert(BSONDocument(broken.named("demo:\(cases)")))
                    } catch { theirs = error }
                    #expect(
                        theirs == nil || theirs?.code == .validation,
                        "\(broken.what): \(theirs as Any)")
                    #expect(ours.isEmpty == (theirs == nil), "\(broken.what): ours \(ours), theirs \(theirs as Any)")
                    if theirs != nil { refused += 1 }
                }
            }
            // Not all of them break a rule, and most do.
            #expect(cases > 60 && refused > cases / 2)
        }
    }
}

/// An item with one thing changed.
private struct Breakage {
    let what: String
    var fields: JSONObject

    /// Under another key, where it has one that may be one.
    func named(_ key: String) -> JSONObject {
        var fields = fields
        if fields["_id"]?.stringValue?.count ?? 0 >= 3 { fields["_id"] = .string(key) }
        return fields
    }

    private static let values: [JSONValue] = [
        .null, .bool(true), .int(-1), .int(1 << 40), .double(0.5), .string(""), .string("x"), .array([.int(1)]),
        .object(["x": .int(1)]),
    ]

    /// Each field left out, and set to every kind of value; inside lists and objects too; and a field nobody knows.
    static func all(of object: JSONObject) -> [Breakage] {
        var all = [Breakage(what: "one more field", fields: object.with("nobody_knows", .int(1)))]
        for (name, value) in object where name != "_id" {
            all.append(Breakage(what: "\(name) left out", fields: JSONObject(object.filter { $0.key != name })))
            for other in values {
                all.append(Breakage(what: "\(name) = \(other)", fields: object.with(name, other)))
            }
            if let inner = value.objectValue {
                all += Self.all(of: inner).map {
                    Breakage(what: "\(name): \($0.what)", fields: object.with(name, .object($0.fields)))
                }
            }
            if let row = value.arrayValue?.first?.objectValue {
                all += Self.all(of: row).map {
                    Breakage(what: "\(name)[]: \($0.what)", fields: object.with(name, .array([.object($0.fields)])))
                }
            }
        }
        return all
    }
}

extension JSONObject {
    fileprivate func with(_ name: String, _ value: JSONValue) -> JSONObject {
        var object = self
        object[name] = value
        return object
    }
}

extension BSONDocument {
    /// The item, without what storing adds.
    fileprivate var item: JSONObject {
        let added: Set<String> = ["fetched_at", "content_hash", "change", "spider", "run", "quarantine", "absence"]
        return JSONObject(jsonObject.filter { !added.contains($0.key) })
    }
}
