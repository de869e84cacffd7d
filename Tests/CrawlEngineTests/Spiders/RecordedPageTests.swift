import CrawlDomain
import Foundation
import TestSupport
import Testing
import WebStandards

@testable import CrawlEngine

/// All recorded pages of the sites that have a spider, against what other projects' tests say of them.
@Suite("Spiders on recorded pages", .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
struct RecordedPageTests {
    @Test("every page ends as items, links or a named drop, and every expectation holds or has a reason")
    func all() async throws {
        let sites = try FileManager.default.contentsOfDirectory(
            atPath: SpiderFixtures.root.appendingPathComponent("Spiders").path
        ).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
        let pages = try RecordedPage.all(of: sites)
        #expect(pages.count > 400)
        let extractors = try Dictionary(
            uniqueKeysWithValues: Set(pages.map(\.site)).map { ($0, try SpiderFixtures.extractor($0)) })
        var readings: [RecordedReading] = []
        for page in pages {
            if let extractor = extractors[page.site] { readings.append(RecordedReading(page, by: extractor)) }
            // Other tests wait for events meanwhile.
            await Task.yield()
        }
        for reading in readings where reading.page.site == "myanimelist" { check(reading) }
        for reading in readings { checkTexts(reading) }
        var table = RecordedTable(readings)
        try table.compareExpectations()
        for problem in table.problems { Issue.record("\(problem)") }
        #expect(table.equal > 440)
        print(table.description)
        // Well below 200 ms where it is built for use and the machine is free.
        #expect(table.slowest.duration < .seconds(5), "\(table.slowest.page.file)")
    }

    private func check(_ reading: RecordedReading) {
        let (page, extraction) = (reading.page, reading.extraction)
        let drops = extraction.drops.map { "\($0.reason.rawValue): \($0.detail)" }.joined(separator: "; ")
        let reasons: [String: DropReason] = [
            "404": .notFound, "login": .loginWall, "blocked": .blocked, "error": .unavailable,
            "load.json-error": .privateList, "malappinfo-xml": .unknownPage,
        ]
        if let reason = reasons[page.kind] {
            #expect(extraction.items.isEmpty && extraction.links.isEmpty, "\(page.file)")
            #expect(extraction.pageDrop?.reason == reason, "\(page.file): \(drops)")
        }
        let isMadeUp = page.flags.contains("synthetic-from-real") || page.flags.contains("excerpt-real")
        switch page.kind {
        case "anime" where !page.url.path.hasSuffix("/characters"): checkEntry(reading, drops)
        case "anime-reviews": #expect(!extraction.items.isEmpty && extraction.drops.isEmpty, "\(page.file): \(drops)")
        case "load.json-animelist", "animelist", "anime-characters", "anime-stats", "anime-pics":
            #expect(extraction.items.count == 1 && extraction.drops.isEmpty, "\(page.file): \(drops)")
        case "anime-userrecs":
            #expect(extraction.items.count == 1 && !extraction.links.isEmpty, "\(page.file): \(drops)")
        case "profile" where !isMadeUp:
            #expect(reading.fields?["statistics"]?["total_entries"]?.intValue != nil, "\(page.file): \(drops)")
        case "topanime", "users", "anime-search", "anime-season", "profile-friends", "recommendations":
            #expect(!extraction.links.isEmpty && extraction.drops.isEmpty, "\(page.file): \(drops)")
        case "anime-genre", "anime-producer":
            #expect(isMadeUp || !extraction.links.isEmpty, "\(page.file): \(drops)")
        default: break
        }
        if page.kind.hasPrefix("profile") { checkPrivacy(reading) }
    }

    private func checkEntry(_ reading: RecordedReading, _ drops: String) {
        let page = reading.page
        guard let fields = reading.fields else {
            Issue.record("\(page.file): no entry: \(drops)")
            return
        }
        #expect(reading.extraction.items.count == 1)
        var expected = ["title", "status"]
        if !page.flags.contains("Unknown") { expected.append("type") }
        if !page.flags.contains("no-synopsis") { expected.append("synopsis") }
        if !page.flags.contains("no-image") { expected.append("img_url") }
        if !page.flags.contains("no-score") { expected.append("score") }
        if page.flags.contains("synthetic-from-real") || page.flags.contains("excerpt-real") { expected = ["title"] }
        for name in expected {
            #expect(fields[name].map { !$0.isBlank } ?? false, "\(page.file): \(name) is empty")
        }
    }

    /// Of a profile no more is kept than its numbers and favourites.
    private func checkPrivacy(_ reading: RecordedReading) {
        for item in reading.extraction.items {
            let names = Set(item.fields.map(\.key))
            #expect(names.isSubset(of: ["_id", "site", "name", "statistics", "favorites"]), "\(reading.page.file)")
        }
    }

    /// What statistics over all values showed to be the signs of a wrong one.
    private func checkTexts(_ reading: RecordedReading) {
        for item in reading.extraction.items {
            for (name, value) in item.fields {
                for text in value.texts {
                    #expect(text == text.precomposedStringWithCanonicalMapping, "\(reading.page.file): \(name)")
                    #expect(text.trimmed == text && !text.isEmpty, "\(reading.page.file): \(name): '\(text)'")
                    // Reviewers write mark-up and entities out as text.
                    guard item.type == .entry, name != "recommendation_texts" else { continue }
                    let wrong = text.firstMatch(
                        of: /<\/?[a-z]+[^>]*>|&[a-z]+;|&#\d+;|^(None|Unknown|N\/A|\?|-)$|add some|No .* has been/)
                    #expect(wrong == nil, "\(reading.page.file): \(name): '\(text.prefix(200))'")
                    guard name == "synopsis" else { continue }
                    let source = text.firstMatch(of: /(?i)written by mal|\(source:|\[source:/)
                    #expect(source == nil, "\(reading.page.file): \(text.suffix(200))")
                }
            }
        }
    }
}

extension JSONValue {
    /// All texts in it.
    fileprivate var texts: [String] {
        switch self {
        case .string(let text): [text]
        case .array(let values): values.flatMap(\.texts)
        case .object(let object): object.flatMap(\.value.texts)
        default: []
        }
    }
}
