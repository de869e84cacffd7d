import CrawlDomain
@testable import CrawlEngine
import Testing
import WebStandards

@Suite struct UnreadExtractionTests {
    private let item = Item(type: .entry, key: "demo:1", fields: ["_id": "demo:1"])
    private let missing = Drop(.missingField, type: .entry, detail: "title")

    @Test("a page that is refused, or whose first kind of item is, was not understood")
    func unread() {
        #expect(Extraction(drops: [Drop(.unknownPage, detail: "")]).isUnread(main: .entry))
        #expect(Extraction(page: "anime", drops: [missing]).isUnread(main: .entry))
        #expect(Extraction(drops: [missing]).isUnread(main: nil))
        // The reviews beside it do not make up for it.
        let review = Item(type: .review, key: "demo:1", fields: ["_id": "demo:1"])
        #expect(Extraction(page: "anime", items: [review], drops: [missing]).isUnread(main: .entry))
    }

    @Test("one that gives an item, a list of links, or nothing for a reason of its own, was")
    func read() {
        #expect(!Extraction(page: "anime", items: [item]).isUnread(main: .entry))
        let review = Drop(.missingField, type: .review, detail: "text")
        #expect(!Extraction(page: "anime", items: [item], drops: [review]).isUnread(main: .entry))
        #expect(!Extraction(page: "ranking").isUnread(main: .entry))
        #expect(!Extraction(page: "list", drops: [Drop(.privateList, type: .user, detail: "")]).isUnread(main: .entry))
    }
}
