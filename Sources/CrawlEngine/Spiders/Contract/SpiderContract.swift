public import CrawlDomain
import WebStandards

/// A spider against its fixture pages: what is read otherwise than expected, and what no page shows.
public struct SpiderContract: Sendable {
    /// What came of one page.
    public struct PageResult: Sendable {
        /// What was expected.
        public let expectation: PageExpectation
        /// What differs; none when all is well.
        public let differences: [PageDifference]
        /// What was read.
        public let found: Extraction
        /// Why the page could not be read at all.
        public let failure: FixtureError?

        /// Whether the page is read as expected.
        public var isMet: Bool { differences.isEmpty && failure == nil }

        /// What would have to be expected for the page to be right.
        public var update: PageExpectation? {
            guard failure == nil, !differences.isEmpty else { return nil }
            let old = expectation
            return PageExpectation(
                file: old.file, url: old.url, status: old.status, contentType: old.contentType, found: found)
        }
    }

    /// By page, in the order of `expected.jsonl`.
    public let pages: [PageResult]
    /// What of the spider's file no page shows.
    public let coverage: SpiderCoverage

    /// Reads all fixture pages of a site.
    public init(_ extractor: SpiderExtractor, fixtures: FixtureFolder, file: String) {
        var (pages, places, kinds): ([PageResult], Set<RulePlace>, Set<String>) = ([], [], [])
        for expectation in fixtures.expectations {
            let use = RuleUse()
            let result = Self.read(expectation, extractor, fixtures, use)
            places.formUnion(use.places)
            if let page = result.found.page { kinds.insert(page) }
            pages.append(result)
        }
        self.pages = pages
        coverage = SpiderCoverage(extractor.spider, file: file, used: places, kinds: kinds)
    }

    private static func read(
        _ expectation: PageExpectation, _ extractor: SpiderExtractor, _ fixtures: FixtureFolder, _ use: RuleUse
    ) -> PageResult {
        let body: [UInt8]
        do throws(FixtureError) { body = try fixtures.body(of: expectation.file) } catch {
            return PageResult(expectation: expectation, differences: [], found: Extraction(), failure: error)
        }
        let found = extractor.extract(
            url: expectation.url, status: expectation.status, contentType: expectation.contentType, body: body, use: use
        )
        let comparison = PageComparison(
            expected: expectation, found: found, kind: found.page.flatMap { extractor.spider.page(named: $0) }, use: use
        )
        return PageResult(
            expectation: expectation, differences: comparison.differences, found: found, failure: nil)
    }
}
