import CrawlDomain
import TestSupport
import Testing
import WebStandards

@testable import CrawlEngine

@Suite("The MyAnimeList spider on recorded pages", .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
struct RecordedPageTests {
    private struct Reading {
        let page: RecordedPage
        let extraction: Extraction
    }

    private static func readings() throws -> [Reading] {
        let extractor = try SpiderFixtures.extractor("myanimelist")
        return try RecordedPage.all().map { page in
            Reading(
                page: page,
                extraction: extractor.extract(
                    url: page.url, status: page.status, contentType: "text/html; charset=utf-8", body: page.body))
        }
    }

    @Test("every page ends as items, links or a named drop, and every expectation holds or has a reason")
    func all() throws {
        let readings = try Self.readings()
        #expect(readings.count > 400)
        for reading in readings { check(reading) }
        try checkExpectations(readings)
        print(Self.table(readings))
    }

    private func check(_ reading: Reading) {
        let (page, extraction) = (reading.page, reading.extraction)
        let drops = extraction.drops.map { "\($0.reason.rawValue): \($0.detail)" }.joined(separator: "; ")
        let reasons: [String: DropReason] = [
            "404": .notFound, "login": .loginWall, "blocked": .blocked, "error": .unavailable,
            "load.json-error": .privateList,
        ]
        if let reason = reasons[page.kind] {
            #expect(extraction.items.isEmpty && extraction.links.isEmpty, "\(page.file)")
            #expect(extraction.pageDrop?.reason == reason, "\(page.file): \(drops)")
        }
        switch page.kind {
        case "anime" where !page.url.path.hasSuffix("/characters"): checkEntry(reading, drops)
        case "anime-reviews": #expect(!extraction.items.isEmpty && extraction.drops.isEmpty, "\(page.file): \(drops)")
        case "load.json-animelist", "animelist": #expect(extraction.items.count == 1, "\(page.file): \(drops)")
        case "topanime", "users", "anime-search", "anime-userrecs":
            #expect(!extraction.links.isEmpty, "\(page.file): \(drops)")
        default: break
        }
    }

    private func checkEntry(_ reading: Reading, _ drops: String) {
        let page = reading.page
        guard let fields = reading.extraction.items.first?.fields else {
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

    private func checkExpectations(_ readings: [Reading]) throws {
        let mappings = try Expectation.mappings()
        let exceptions = try Expectation.exceptions()
        var used: Set<String> = []
        let byFile = Dictionary(readings.map { ($0.page.file, $0) }, uniquingKeysWith: { $1 })
        var (equal, excepted) = (0, 0)
        for line in try RecordedMaterial.lines("pages/expected.jsonl") {
            guard let expectation = Expectation(line), let reading = byFile[expectation.file],
                let mapping = mappings[expectation.field],
                ["anime", "anime-reviews"].contains(reading.page.kind),
                let fields = reading.extraction.items.first?.fields
            else { continue }
            let result = expectation.holds(for: fields, mapping)
            if result.holds {
                equal += 1
            } else if let known = exceptions.first(where: {
                expectation.file.hasSuffix($0.file) && $0.field == expectation.field
            }) {
                used.insert("\(known.file)|\(known.field)")
                excepted += 1
            } else {
                Issue.record(
                    "\(expectation.file)|\(expectation.field)|\(expectation.operation) \(expectation.value.serialized()) ≠ \(result.ours)"
                )
            }
        }
        print("expectations: \(equal) equal, \(excepted) different for a reason")
        #expect(equal > 400)
        for exception in exceptions
        where !used.contains("\(exception.file)|\(exception.field)")
            && byFile.keys.contains(where: { $0.hasSuffix(exception.file) })
        {
            Issue.record("this exception is not needed any more: \(exception.file) | \(exception.field)")
        }
    }

    /// Pages with a value, by field, layout and era.
    private static func table(_ readings: [Reading]) -> String {
        var counts: [String: [String: Int]] = [:]
        var totals: [String: Int] = [:]
        for reading in readings {
            for item in reading.extraction.items.prefix(1) {
                let column = "\(item.type.rawValue) \(reading.page.layout.prefix(7)) \(reading.page.era)"
                totals[column, default: 0] += 1
                for (name, value) in item.fields where !value.isBlank {
                    counts[name, default: [:]][column, default: 0] += 1
                }
            }
        }
        let columns = totals.keys.sorted()
        let rows = counts.keys.sorted().map { name in
            name.padded(20) + columns.map { "\(counts[name]?[$0] ?? 0)/\(totals[$0] ?? 0)".padded(9) }.joined()
        }
        let legend = columns.enumerated().map { "\($0.offset + 1) = \($0.element)" }.joined(separator: ", ")
        return ([legend, "".padded(20) + columns.indices.map { "\($0 + 1)".padded(9) }.joined()] + rows).joined(
            separator: "\n")
    }
}

extension String {
    fileprivate func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
