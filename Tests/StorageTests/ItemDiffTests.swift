import CrawlDomain
import Testing
import WebStandards

@testable import Storage

@Suite("ItemDiff")
struct ItemDiffTests {
    private static let item: JSONObject = [
        "_id": "demo:1", "title": "Star \"Ferry\"", "tags": ["a", "b"], "none": .null, "empty": [], "run": "r1",
        "aired": ["to": .null, "from": "1998"],
    ]

    @Test("the hash of a document is that of its own fields as one object")
    func contentHash() {
        let own = ItemDiff.content(of: Self.item)
        #expect(own["run"] == nil)
        #expect(ItemDiff.contentHash(of: Self.item) == ContentHash(of: .object(own)))
    }

    @Test("a new document changes from nothing in each of its fields, one that goes to nothing")
    func insertion() {
        let inserted = ItemDiff.changes(from: nil, to: Self.item)
        #expect(inserted.map(\.name) == ["aired", "empty", "none", "tags", "title"])
        #expect(inserted.allSatisfy { $0.old == nil })
        #expect(inserted.map(\.new) == inserted.map { Self.item[$0.name].map(ContentHash.init(of:)) })
        let deleted = ItemDiff.changes(from: Self.item, to: nil)
        #expect(deleted.map(\.old) == inserted.map(\.new))
        #expect(deleted.allSatisfy { $0.new == nil })
    }

    @Test("both hashes of a new document, made in one pass, are those made one after the other")
    func onePass() {
        let hashes = ItemDiff.hashes(ofNew: Self.item)
        #expect(hashes.content == ItemDiff.contentHash(of: Self.item))
        #expect(hashes.fields == ItemDiff.changes(from: nil, to: Self.item))
    }
}
