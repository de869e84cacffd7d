import Foundation
import Storage
import TestSupport
import Testing

@Suite("DataDictionary")
struct DataDictionaryTests {
    private func dictionary() throws -> DataDictionary { try DataDictionary(folder: TemporaryDatabase.schemas) }

    @Test("docs/data.md is what the schemas say")
    func page() throws {
        let page = try String(contentsOf: Program.project.appendingPathComponent("docs/data.md"), encoding: .utf8)
        let isCurrent = try dictionary().markdown == page
        #expect(isCurrent, "docs/data.md is out of date; run: animematcher schema docs > docs/data.md")
    }

    @Test("every collection and every field says what it means, and every collection has an example")
    func described() throws {
        for collection in try dictionary().collections {
            #expect(!collection.meaning.isEmpty, "\(collection.name)")
            #expect(!collection.examples.isEmpty, "\(collection.name)")
            for field in collection.fields {
                #expect(!field.meaning.isEmpty, "\(collection.name).\(field.path)")
            }
        }
    }

    @Test("fields inside lists and objects stand after theirs, with their place")
    func places() throws {
        let entries = try #require(try dictionary()["entries"])
        let paths = entries.fields.map(\.path)
        #expect(paths.contains("aired.from") && paths.contains("songs[].artist"))
        let aired = try #require(paths.firstIndex(of: "aired"))
        #expect(paths[aired + 1] == "aired.from")
        let users = try #require(try dictionary()["users"])
        let status = try #require(users.fields.first { $0.path == "list[].status" })
        #expect(status.type == "string or null" && status.isRequired && status.values.contains("on_hold"))
        #expect(try #require(try dictionary()["field_statistics"]).fields.contains { $0.path == "fields.*.items" })
    }
}
