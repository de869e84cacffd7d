import CrawlDomain
import CrawlEngine
import Fetching
import Markup
import Reports
import WebStandards

/// What the page says beside its content.
extension ShellSession {
    /// Where the page says it is instead, when it is a redirect.
    var redirect: String? {
        let answer = ResponseHead(status: page.status, fields: page.headers)
        return page.url.flatMap { Redirect(of: RequestHead(url: $0), by: answer)?.request.url.href }
    }

    func links(_ filter: String, _ output: inout ShellOutput) throws {
        let spider = extractor?.spider
        let resolver = page.resolver
        var seen: Set<String> = []
        for node in try select(css: "a[href], area[href], link[rel=next]").matches {
            let written = node.attribute("href") ?? ""
            let url = (resolver.map { $0.url(written) } ?? WebURL(written))?.withoutFragment
            let shown = url?.href ?? written
            guard filter.isEmpty || shown.contains(filter), seen.insert(shown).inserted else { continue }
            var line = shown
            if let url, let kind = spider?.page(for: url) { line += "  → \(kind)" }
            if LinkRelation.isNofollow(node.attribute("rel")) { line += "  nofollow" }
            if url == nil {
                line += resolver == nil ? "  (no absolute URL; --url says where the page was)" : "  (no web address)"
            }
            let text = node.normalizedText
            output.add(text.isEmpty ? line : "\(line)  \"\(text.prefix(60))\"")
        }
        if seen.isEmpty { output.add("0 found") }
    }

    func headers(_ output: inout ShellOutput) {
        output.add("status: \(page.status)")
        for field in page.headers { output.add(field.description) }
        if page.headers.isEmpty { output.add("no header fields: the page is a file") }
    }

    func meta(_ output: inout ShellOutput) throws {
        output.add("encoding: \(page.text.encoding.name) (from \(page.text.source.rawValue))")
        if let url = page.url { output.add("url: \(url.href)") }
        if let base = page.base, base != page.url { output.add("base: \(base.href)") }
        guard page.document != nil else { return }
        for node in try select(css: "title").matches.prefix(1) { output.add("title: \(node.normalizedText)") }
        for node in try select(css: "link[rel~=canonical]").matches.prefix(1) {
            output.add("canonical: \(node.attribute("href") ?? "")")
        }
        for node in try select(css: "meta[content]").matches {
            let names = ["name", "property", "itemprop", "http-equiv"].compactMap { node.attribute($0) }
            if let name = names.first { output.add("\(name): \(node.attribute("content") ?? "")") }
        }
    }

    func robots(_ output: inout ShellOutput) throws {
        if let robots, let url = page.url {
            let allows = RobotsGate(robots, agent: CrawlProfile.productToken).allows(url)
            let answer = robots.status.map { "answered \($0)" } ?? "not to be had"
            output.add("robots.txt: \(answer); \(allows ? "allows" : "forbids") \(url.requestTarget)")
            if robots.status == 200 { describe(RobotsFile(robots.body), &output) }
        } else {
            output.add("robots.txt: not asked for; the page is a file")
        }
        for value in page.headers.all("x-robots-tag") { output.add("X-Robots-Tag: \(value)") }
        guard page.document != nil else { return }
        for node in try select(css: "meta[name=robots i], meta[name=animematcher i]").matches {
            output.add("meta \(node.attribute("name") ?? ""): \(node.attribute("content") ?? "")")
        }
    }

    private func describe(_ file: RobotsFile, _ output: inout ShellOutput) {
        let rules = file.rules(forAgent: CrawlProfile.productToken)
        output.add("its rules are for: \(rules.matchedGroup.rawValue)")
        if let delay = rules.crawlDelay { output.add("crawl delay: \(delay.inSeconds) s") }
        for rate in rules.requestRates {
            let hours = rate.hours.map { " at \($0)" } ?? ""
            output.add("request rate: one in \(rate.delay.inSeconds) s\(hours)")
        }
        for hours in rules.visitTimes { output.add("visit time: \(hours) UTC") }
        for sitemap in file.sitemaps { output.add("sitemap: \(sitemap)") }
    }

    func item(_ output: inout ShellOutput) throws {
        let extractor = try spiderNeeded()
        guard let url = page.url else {
            throw Failure("--url says where the page was; a spider reads pages by their URL")
        }
        let extraction = extractor.extract(
            url: url, status: page.status, contentType: page.headers.first("content-type"), body: page.body,
            context: AnswerContext(robotsTags: page.headers.all("x-robots-tag")))
        output.add("page kind: \(extraction.page ?? "none")")
        for value in ExtractionLines(extraction).values { output.add(text: value.serialized(pretty: true)) }
    }

    func kinds(_ output: inout ShellOutput) throws {
        let spider = try spiderNeeded().spider
        for kind in spider.pages {
            let isServed =
                page.url.map { url in
                    spider.isInScope(url) && kind.patterns.contains { $0.match(url) != nil }
                } ?? false
            let patterns = kind.patterns.map(\.source).joined(separator: ", ")
            output.add("\(isServed ? "*" : " ") \(kind.name)  \(patterns)")
        }
    }

    private func spiderNeeded() throws -> SpiderExtractor {
        guard let extractor else { throw Failure("no spider: expected --spider SITE, or a URL that one reads") }
        return extractor
    }
}
