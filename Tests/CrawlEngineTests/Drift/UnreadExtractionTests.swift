import CrawlDomain
@testable import CrawlEngine
import Testing
import WebStandards

@Suite struct UnreadExtractionTests {
    private let item = Item(type: .entry, key: "demo:1", fields: ["_id": "demo:1"])
    private let missing = Drop(.missingField, type: .entry, detail: "title")

    @Test("a page that is refused, or whose only items are, was not understood")
    func unread() {
        #expect(Extraction(drops: [Drop(.unknownPage, detail: "")]).isUnread)
        #expect(Extraction(page: "anime", drops: [missing]).isUnread)
    }

    @Test("one that gives an item, a list of links, or nothing for a reason of its own, was")
    func read() {
        #expect(!Extraction(page: "anime", items: [item], drops: [missing]).isUnread)
        #expect(!Extraction(page: "ranking").isUnread)
        #expect(!Extraction(page: "list", drops: [Drop(.privateList, type: .user, detail: "")]).isUnread)
    }
}
