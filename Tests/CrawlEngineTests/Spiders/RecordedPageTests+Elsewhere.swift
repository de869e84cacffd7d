import CrawlDomain
import Testing
import WebStandards

@testable import CrawlEngine

/// What pages and answers of the other sites must give.
extension RecordedPageTests {
    /// Answers to questions of the past that nobody asks any more: AniList's first API and its page for people, parts of Kitsu's answers
    /// that now come with the whole; and what says that there is no such entry.
    private static let unread = [
        "anilist": ["access_token", "nuck-anime", "nuck-manga", "toy-anime", "page_containing_token"],
        "kitsu": [
            "_1_tags__", "1_relations__", "5_relations__", "4_relations__", "77_relations__", "default_file",
            "dead-entry",
        ],
        "anime-planet": ["toy-manga"], "anidb": ["not_found"],
    ]
    /// Lists, of which only links come.
    private static let lists = ["highest_id", "page-31"]

    func checkElsewhere(_ reading: RecordedReading) {
        let (page, found) = (reading.page, reading.extraction)
        let drops = found.drops.map { "\($0.reason.rawValue): \($0.detail)" }.joined(separator: "; ")
        if Self.unread[page.site]?.contains(where: page.file.contains) == true {
            #expect(found.items.isEmpty && found.pageDrop != nil, "\(page.file)")
        } else if Self.lists.contains(where: page.file.contains) {
            #expect(found.links.count >= 20 && found.items.isEmpty, "\(page.file): \(drops)")
        } else {
            #expect(
                found.drops.isEmpty && found.items.filter { $0.type != .review }.count == 1, "\(page.file): \(drops)")
            for item in found.items { check(item, of: page) }
        }
    }

    private func check(_ item: Item, of page: RecordedPage) {
        #expect(item.key.hasPrefix("\(page.site):"), "\(page.file)")
        let names: [String]
        switch item.type {
        case .entry: names = ["title", "url"]
        case .review: names = ["author", "date", "score", "text"]
        case .user: names = ["list"]
        }
        for name in names { #expect(item.fields[name].map { !$0.isBlank } ?? false, "\(page.file): \(name)") }
    }
}
