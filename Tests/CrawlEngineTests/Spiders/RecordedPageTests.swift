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
        #expect(pages.count > 800)
        let extractors = try Dictionary(
            uniqueKeysWithValues: Set(pages.map(\.site)).map { ($0, try SpiderFixtures.extractor($0)) })
        var readings: [RecordedReading] = []
        for page in pages {
            if let extractor = extractors[page.site] { readings.append(RecordedReading(page, by: extractor)) }
            // Other tests wait for events meanwhile.
            await Task.yield()
        }
        for reading in readings {
            if reading.page.site == "myanimelist" { checkMyAnimeList(reading) } else { checkElsewhere(reading) }
            checkTexts(reading)
        }
        var table = RecordedTable(readings)
        try table.compareExpectations()
        for problem in table.problems { Issue.record("\(problem)") }
        #expect(table.equal >= 664)
        // Sizes of pictures that nobody asks us for.
        let others = table.unmapped.filter { $0.key != "myanimelist" }
        #expect(others.values.allSatisfy { $0.isSubset(of: ["thumbnail"]) }, "\(others)")
        print(table.description)
        // Well below 200 ms where it is built for use and the machine is free.
        #expect(table.slowest.duration < .seconds(5), "\(table.slowest.page.file)")
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
