import Testing
import WebStandards

@testable import CrawlDomain

@Suite("Items over documents")
struct ItemMergingTests {
    private static let stored: JSONObject = [
        "_id": "s:1", "title": "A", "members": 7, "characters": [["id": 1]],
        "recommendations": [["id": 1, "votes": 2], ["id": 2, "votes": 1]],
    ]

    private static func item(_ fields: JSONObject, _ extent: ItemExtent = .whole) -> Item {
        Item(type: .entry, key: "s:1", fields: fields, extent: extent)
    }

    @Test("a whole item replaces all fields but the supplements it does not name")
    func whole() {
        let merged = Self.item(["_id": "s:1", "title": "B"]).fields(over: Self.stored)
        #expect(merged == ["_id": "s:1", "title": "B", "characters": [["id": 1]]])
    }

    @Test("an addition changes the fields it has")
    func addition() {
        let merged = Self.item(["_id": "s:1", "characters": []], ItemExtent(isAddition: true)).fields(over: Self.stored)
        var expected = Self.stored
        expected["characters"] = []
        #expect(merged == expected)
    }

    @Test("a field that such pages never have is left where it is blank, and taken where it is not")
    func leaves() {
        let extent = ItemExtent(leaves: ["members"])
        #expect(Self.item(["_id": "s:1", "members": .null], extent).fields(over: Self.stored)["members"] == 7)
        #expect(Self.item(["_id": "s:1", "members": 8], extent).fields(over: Self.stored)["members"] == 8)
        #expect(Self.item(["_id": "s:1", "members": .null], extent).fields(over: [:])["members"] == .null)
    }

    @Test("a part of a list updates its elements and leaves the others")
    func parts() {
        let extent = ItemExtent(parts: ["recommendations": "id"])
        let merged = Self.item(
            ["_id": "s:1", "recommendations": [["id": 3, "votes": 9], ["id": 1, "votes": 3]]], extent
        ).fields(over: Self.stored)
        #expect(
            merged["recommendations"] == [["id": 1, "votes": 3], ["id": 2, "votes": 1], ["id": 3, "votes": 9]])
    }

    @Test("two items of one document are one: what the last says of a field counts")
    func after() {
        let page = Self.item(
            ["_id": "s:1", "title": "A", "recommendations": [["id": 1, "votes": 2]]],
            ItemExtent(parts: ["recommendations": "id"]))
        let tab = Self.item(
            ["_id": "s:1", "recommendations": [["id": 1, "votes": 3], ["id": 2, "votes": 1]]],
            ItemExtent(isAddition: true))
        for merged in [page.after(tab), tab.after(page)] {
            #expect(!merged.extent.isAddition)
            #expect(merged.extent.parts.isEmpty)
            #expect(merged.fields["title"] == "A")
            #expect(merged.fields["recommendations"]?.arrayValue?.count == 2)
        }
        #expect(tab.after(tab).extent.isAddition)
        #expect(page.after(page).extent.parts == ["recommendations": "id"])
    }

    @Test("a value that either has of a field is not left any more")
    func leavesAfter() {
        let desktop = Self.item(["_id": "s:1", "members": 5])
        let mobile = Self.item(["_id": "s:1", "members": .null], ItemExtent(leaves: ["members"]))
        #expect(mobile.after(desktop).fields["members"] == 5)
        #expect(mobile.after(desktop).extent.leaves.isEmpty)
        #expect(mobile.after(mobile).extent.leaves == ["members"])
    }
}
