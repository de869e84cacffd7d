public import CrawlDomain
public import WebStandards

/// Makes a fixture of a page that was crawled, and expects of it what is read now.
public struct FixtureRecorder: Sendable {
    private let extractor: SpiderExtractor
    private let anonymiser: PageAnonymiser
    private let secrets: SpiderSecrets

    /// Makes a recorder.
    ///
    /// - Parameter secrets: What may have been sent for the page; nil for what this process's environment says.
    public init(_ extractor: SpiderExtractor, anonymiser: PageAnonymiser, secrets: SpiderSecrets? = nil) {
        self.secrets = secrets ?? SpiderSecrets(of: extractor.spider)
        self.extractor = extractor
        self.anonymiser = anonymiser
    }

    /// What was kept.
    public struct Recording: Sendable {
        /// The page without people.
        public let page: AnonymisedPage
        /// What is expected of it.
        public let expectation: PageExpectation
        /// What is read from it.
        public let found: Extraction
    }

    /// Adds a page to a site's fixtures.
    ///
    /// - Parameter name: The file's name; nil for one after the page kind.
    /// - Throws: When the page asks not to be kept, is read otherwise once it is anonymised, or its file is there already.
    public func record(
        url: WebURL, status: Int, contentType: String?, body: [UInt8], context: AnswerContext = .init(),
        as name: String?, in fixtures: inout FixtureFolder
    ) throws(FixtureError) -> Recording {
        let original = extractor.extract(
            url: url, status: status, contentType: contentType, body: body, context: context)
        guard original.mayBeKept else { throw FixtureError("\(url.href): the page asks not to be kept (noarchive)") }
        let page = try anonymiser.anonymise(url: url, status: status, contentType: contentType, body: body)
        guard !secrets.stand(in: page.body), !secrets.stand(in: Array(page.url.href.utf8)) else {
            throw FixtureError("\(url.href): the answer repeats a secret of the spider's header fields; it is not kept")
        }
        let found = extractor.extract(url: page.url, status: status, contentType: page.contentType, body: page.body)
        let isJSON = page.body.first { $0 > 0x20 }.map { $0 == 0x7B || $0 == 0x5B } ?? false
        let file = name ?? fixtures.freeName(for: found.page ?? "page", ending: isJSON ? "json" : "html")
        guard FixtureFolder.isName(file) else {
            throw FixtureError("'\(file)': expected the name of a file, such as anime-2.html")
        }
        guard !fixtures.has(file) else {
            throw FixtureError("\(fixtures.path)/\(file) is there already; give another name")
        }
        let expectation = PageExpectation(
            file: file, url: page.url, status: status, contentType: page.contentType, found: found)
        try fixtures.add(expectation, body: page.body)
        return Recording(page: page, expectation: expectation, found: found)
    }
}
