import CrawlDomain
import Testing
import WebStandards

@testable import CrawlEngine

/// What each kind of MyAnimeList's pages must give.
extension RecordedPageTests {
    func checkMyAnimeList(_ reading: RecordedReading) {
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
}
