import CrawlDomain
import TestSupport
import Testing
import WebStandards

@testable import CrawlEngine

@Suite("The spiders of other sites on recorded pages", .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
struct RecordedElsewhereTests {
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
    private static let leastEqual = ["anilist": 24, "kitsu": 35, "livechart": 27, "anime-planet": 20, "anidb": 15]

    @Test(
        "every page ends as an item or links, and every expectation holds or has a reason",
        arguments: RecordedElsewhere.sites)
    func all(site: String) async throws {
        let extractor = try SpiderFixtures.extractor(site)
        var read: [String: JSONObject] = [:]
        var counts: [String: Int] = [:]
        for page in try RecordedElsewhere.all(of: site) {
            await Task.yield()
            let found = extractor.extract(url: page.url, status: 200, contentType: nil, body: page.body)
            let drops = found.drops.map { "\($0.reason.rawValue): \($0.detail)" }.joined(separator: "; ")
            if Self.unread[site]?.contains(where: page.file.contains) == true {
                #expect(found.items.isEmpty && found.pageDrop != nil, "\(page.file)")
            } else if Self.lists.contains(where: page.file.contains) {
                #expect(found.links.count >= 20 && found.items.isEmpty, "\(page.file): \(drops)")
            } else {
                #expect(found.items.count == 1 && found.drops.isEmpty, "\(page.file): \(drops)")
                check(found.items.first, of: page)
                read[page.file] = found.items.first?.fields
            }
            for (name, value) in found.items.first?.fields ?? [:] where !value.isBlank { counts[name, default: 0] += 1 }
        }
        print(
            "\(site), \(read.count) pages:",
            counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
        try checkExpectations(of: site, read)
    }

    private func check(_ item: Item?, of page: RecordedElsewhere) {
        guard let fields = item?.fields else { return }
        #expect(item?.key.hasPrefix("\(page.site):") == true)
        guard item?.type == .entry else {
            #expect((fields["list"]?.arrayValue?.count ?? 0) > 0, "\(page.file)")
            return
        }
        for name in ["title", "url"] { #expect(fields[name].map { !$0.isBlank } ?? false, "\(page.file): \(name)") }
        // What a page states as mark-up must have become text.
        for name in ["title", "synopsis"] {
            let text = fields[name]?.stringValue ?? ""
            #expect(!text.contains("<br") && !text.contains("&amp;") && !text.contains("&#"), "\(page.file): \(name)")
        }
    }

    private func checkExpectations(of site: String, _ read: [String: JSONObject]) throws {
        let mappings = try Expectation.mappings()
        let exceptions = try Expectation.exceptions()
        var (equal, excepted, unmapped) = (0, Set<String>(), Set<String>())
        for line in try RecordedMaterial.lines("pages/expected.jsonl") {
            guard let expectation = Expectation(line), let fields = read[expectation.file] else { continue }
            guard let mapping = mappings[expectation.field] else {
                unmapped.insert(expectation.field)
                continue
            }
            let result = expectation.holds(for: fields, mapping)
            if result.holds {
                equal += 1
            } else if let known = exceptions.first(where: {
                expectation.file.hasSuffix($0.file) && $0.field == expectation.field
            }) {
                excepted.insert("\(known.file)|\(known.field)")
            } else {
                Issue.record(
                    "\(expectation.file)|\(expectation.field)|\(expectation.operation) \(expectation.value.serialized()) ≠ \(result.ours)"
                )
            }
        }
        for exception in exceptions where read.keys.contains(where: { $0.hasSuffix(exception.file) }) {
            #expect(excepted.contains("\(exception.file)|\(exception.field)"), "not needed: \(exception)")
        }
        print(
            "\(site): \(equal) expectations equal, \(excepted.count) different for a reason; not ours: \(unmapped.sorted())"
        )
        #expect(equal >= Self.leastEqual[site] ?? 0)
        #expect(unmapped.subtracting(["thumbnail"]).isEmpty)
    }
}
