public import CrawlDomain
import Foundation
public import WebStandards

/// Reads a page the way a spider says: items, links, or the reason why there are none.
///
/// Whatever a page holds, it never throws: a page that cannot be read is a drop with its reason.
public struct SpiderExtractor: Sendable {
    /// Says how the site is read.
    public let spider: Spider
    /// Makes items of what is read.
    public let pipeline: ItemPipeline
    /// How much is taken from one page.
    public let limits: ExtractionLimits
    private let links = LinkMemory()

    /// Makes an extractor.
    public init(spider: Spider, pipeline: ItemPipeline, limits: ExtractionLimits = .init()) {
        self.spider = spider
        self.pipeline = pipeline
        self.limits = limits
    }

    /// Reads one answer.
    ///
    /// - Parameters:
    ///   - url: The URL that answered.
    ///   - status: The HTTP status.
    ///   - contentType: The header's value, for the encoding.
    ///   - body: As received, content encodings such as gzip undone.
    ///   - context: What else is known of the answer.
    public func extract(
        url: WebURL, status: Int, contentType: String?, body: [UInt8], context: AnswerContext = .init()
    ) -> Extraction {
        extract(url: url, status: status, contentType: contentType, body: body, context: context, use: nil)
    }

    /// The same, keeping account of the rules that found something.
    func extract(
        url: WebURL, status: Int, contentType: String?, body: [UInt8], context: AnswerContext = .init(), use: RuleUse?
    ) -> Extraction {
        if let rule = spider.sitemaps, context.page ?? spider.page(for: url) == SitemapRule.page {
            return SitemapPage(spider: spider, rule: rule).read(url: url, status: status, body: body, via: context.via)
        }
        let kinds = spider.pages.compactMap { kind in kind.captures(of: url).map { (kind, $0) } }
        guard let (first, captures) = kinds.first else {
            return refused(
                VerdictRule.standard(status: status) ?? unknown("no page kind of '\(spider.site)' serves this URL"))
        }
        let content: PageContent
        switch PageContent.read(
            body, contentType: contentType, as: first.document, selectors: spider.selectorSets[first.name],
            limits: limits)
        {
        case .success(let read): content = read
        case .failure(let failure):
            return refused(VerdictRule.standard(status: status) ?? failure.drop, page: first.name)
        }
        let directives = RobotsDirectives(headers: context.robotsTags, agent: CrawlProfile.productToken)
        func reading(_ kind: PageKind, _ captures: [String: String]) -> PageReading {
            PageReading(
                spider: spider, kind: kind, url: url, status: status, captures: captures, content: content,
                headerDirectives: directives, use: use)
        }
        var page = reading(first, captures)
        if let drop = verdict(page, kinds.map(\.0)) { return refused(drop, page: first.name) }
        guard let (kind, found) = kinds.first(where: { page.holds($0.0.condition) }) else {
            var unread = refused(unknown("the page looks like no page kind that serves this URL"))
            unread.mayBeKept = !page.robots.isNoarchive
            return movedOn(page) ?? unread
        }
        if kind.name != first.name { page = reading(kind, found) }
        if let drop = page.content.incompleteness(mustClose: kind.mustClose, document: kind.document) {
            return movedOn(page) ?? refused(drop, page: kind.name)
        }
        let extraction = read(page, kind)
        if extraction.items.isEmpty, let moved = movedOn(page) { return moved }
        return keeping(extraction, to: page, at: context.time)
    }

    /// Where the page sends its readers at once, as a link and the reason why the page itself gives nothing; nil when it keeps them.
    private func movedOn(_ page: PageReading) -> Extraction? {
        guard let refresh = page.addresses.refresh, refresh.delay <= Self.longestRefresh, !page.robots.isNofollow,
            let kind = spider.page(for: refresh.url)
        else { return nil }
        return Extraction(
            page: page.kind.name, links: [DiscoveredLink(url: refresh.url, page: kind, priority: 0)],
            drops: [Drop(.wrongPage, detail: "the page sends its readers to \(refresh.url.href)")])
    }

    /// A page that sends its readers elsewhere later than this has something to show them first.
    private static let longestRefresh: Duration = .seconds(10)

    /// The extraction without what the page asks not to store.
    private func keeping(_ extraction: Extraction, to page: PageReading, at time: Date) -> Extraction {
        var extraction = extraction
        extraction.mayBeKept = !page.robots.isNoarchive
        guard !page.robots.allowsItems(at: Int64(time.timeIntervalSince1970)) else { return extraction }
        let asked = page.robots.isNoindex ? "noindex" : "unavailable_after a time that has passed"
        extraction.items = []
        extraction.continuation = nil
        extraction.drops = [Drop(.noindex, detail: "the page or its X-Robots-Tag header says \(asked)")]
        return extraction
    }

    private func unknown(_ detail: String) -> Drop { Drop(.unknownPage, detail: detail) }

    private func refused(_ drop: Drop, page: String? = nil) -> Extraction { Extraction(page: page, drops: [drop]) }

    /// The first verdict that holds: of the page kinds, of the site, of the status.
    private func verdict(_ page: PageReading, _ kinds: [PageKind]) -> Drop? {
        let rule = (kinds.flatMap(\.verdicts) + spider.verdicts).first { page.holds($0.condition) }
        page.use?.note(rule?.place)
        if let rule { return Drop(rule.reason, detail: rule.detail ?? "the page reads as \(rule.reason.rawValue)") }
        return VerdictRule.standard(status: page.status)
    }

    private func read(_ page: PageReading, _ kind: PageKind) -> Extraction {
        page.readValues()
        for expected in kind.expected {
            guard let value = page.value(named: expected.value).flatMap(NumberText.text), !value.isEmpty,
                let right = expected.template.filled({ page.value(named: $0) }), value != right
            else { continue }
            return refused(
                Drop(.wrongPage, detail: "\(expected.value): expected '\(right)', found '\(value)'"), page: kind.name)
        }
        var extraction = Extraction(page: kind.name)
        ItemCollector(page: page, pipeline: pipeline, limits: limits).collect(into: &extraction)
        LinkCollector(page: page, limits: limits, memory: links).collect(into: &extraction)
        if let drop = page.failure {
            // An item that lacks what a failed selector would have found must not replace one that has it.
            extraction.items = []
            extraction.continuation = nil
            extraction.drops.append(drop)
        }
        if let drop = emptiness(extraction, kind) { extraction.drops.append(drop) }
        return extraction
    }

    /// A page that should have given something and gave nothing at all.
    private func emptiness(_ extraction: Extraction, _ kind: PageKind) -> Drop? {
        guard extraction.items.isEmpty, extraction.drops.isEmpty else { return nil }
        if !kind.items.isEmpty { return Drop(.nothingFound, detail: "no item of page kind '\(kind.name)'") }
        guard extraction.links.isEmpty, !kind.links.isEmpty else { return nil }
        return Drop(.nothingFound, detail: "no link of page kind '\(kind.name)'")
    }
}
