import CrawlDomain
import WebStandards

/// Reads the top level of a spider.
struct SpiderReader {
    let sources: SpiderSources
    let schemas: ItemSchemas
    let converters: ConverterRegistry
    /// Whether mistakes are reported that keep nobody from reading pages.
    var isCheck = false

    /// The spider; nil when something is missing. Mistakes are with the files.
    func read() -> Spider? {
        guard let root = sources.maps.first else { return nil }
        // Without a name or hosts the rest is read all the same, so that all mistakes are told at once.
        let (named, hosts) = (siteName(root), hosts(root))
        let site = named ?? ""
        let terms = terms
        if isCheck, terms?.url == nil, let host = hosts.first(where: { !$0.isLocal }) {
            root.node.report(
                "'\(host)' is a public host, and its operator must be able to read its terms; expected "
                    + "terms: {url: https://\(host)/terms, note: …, api: …}")
        }
        let labels = labels
        // A label with a mistake is one all the same: its mistake is told once, and not at each value beside it.
        let known = sources.value("labels")?.oneOrMore().count ?? 0
        let rules = RuleReader(
            fragments: fragments, labels: known, schemas: schemas, converters: converters, site: named,
            isCheck: isCheck)
        let entries = sources.entries("pages")
        if entries.isEmpty { root.node.report("the key 'pages' is missing") }
        let names = entries.map(\.key)
        let pages = entries.compactMap { PageReader(rules: rules, pageNames: names).read($0) }
        let fields = fields
        let review = PageKindReview(pages: pages, entries: entries)
        let start = StartPageReader(
            pages: pages, names: names, hosts: hosts, isComplete: review.isComplete, sendsFields: !fields.isEmpty
        ).read(sources.value("start"))
        review.reportRequests()
        review.reportMadeAddresses()
        if isCheck { review.reportUnreachable() }
        rules.review.reportUnused(rules)
        let verdicts = sources.value("verdicts")?.oneOrMore().compactMap { rules.verdict($0, rules.page) } ?? []
        let schedules = root.take("schedules")
        let spider = Spider(
            site: site, name: sources.value("name")?.string() ?? site, version: sources.version, hosts: hosts,
            terms: terms, politeness: politeness,
            usesCookies: sources.value("cookies")?.bool() ?? false, fields: fields, start: start,
            pages: pages,
            canonical: canonical, limits: LinkLimitsReader.read(sources.value("limits")),
            sitemaps: SitemapRuleReader(pages: names).read(sources.value("sitemaps")),
            verdicts: verdicts, labels: labels, placeholders: sources.value("placeholders")?.strings() ?? [],
            selectorSets: Spider.selectorSets(pages: pages, verdicts: verdicts, labels: labels),
            schedules: ScheduleReader(site: site).read(schedules))
        // What follows from another mistake is none of its own.
        for schedule in spider.schedules where sources.files.allSatisfy(\.mistakes.isEmpty) {
            for start in spider.strangeStarts(of: schedule) {
                schedules?.report("'\(schedule.name)' starts at \(start), which is no page that this spider reads")
            }
        }
        return closed(spider)
    }

    private func closed(_ spider: Spider? = nil) -> Spider? {
        // A file that is extended has a site and schedules of its own, which do not count here.
        for map in sources.maps {
            _ = map.take("site")
            _ = map.take("schedules")
            map.close()
        }
        return spider
    }

    private func siteName(_ root: YAMLMap) -> String? {
        guard let node = root.require("site"), let site = node.string() else { return nil }
        let isName =
            !site.isEmpty
            && site.utf8.allSatisfy { $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
        guard isName else { return node.refuse("a site's name has small letters, digits and '-'; found '\(site)'") }
        // Told, and gone on with: what else the file has is read under the name it gives itself.
        if site != sources.site { node.report("expected '\(sources.site)', the file's name, found '\(site)'") }
        return site
    }

    private func hosts(_ root: YAMLMap) -> [HostPattern] {
        guard let node = sources.value("hosts") else {
            root.node.report("the key 'hosts' is missing")
            return []
        }
        return node.atLeastOne().compactMap(host)
    }

    private func host(_ node: YAMLNode) -> HostPattern? {
        node.string().flatMap { text in
            HostPattern(text) ?? node.refuse("expected a host such as example.com or 127.0.0.1:8080, found '\(text)'")
        }
    }

    private var fragments: [String: YAMLNode] {
        Dictionary(sources.entries("fragments").map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    }

    private var terms: Spider.Terms? {
        guard let map = sources.value("terms")?.map() else { return nil }
        defer { map.close() }
        return Spider.Terms(
            url: map.take("url")?.page(), note: map.take("note")?.string(), api: map.take("api")?.page(),
            changed: map.take("changed")?.day("the day on which the terms were changed"))
    }

    private var politeness: Spider.Politeness {
        guard let map = sources.value("politeness")?.map() else { return .init(delay: nil) }
        defer { map.close() }
        if let node = map.take("connections"), let number = node.int(), number != 1 {
            node.report("expected 1: a host is asked one request at a time")
        }
        return .init(
            delay: map.take("delay")?.duration(), siteDelay: map.take("site_delay")?.duration(),
            dailyBudget: map.take("daily_budget")?.int(in: Spider.Politeness.budgets),
            hostDailyBudget: map.take("host_daily_budget")?.int(in: Spider.Politeness.budgets))
    }

    /// `headers:`, by name.
    private var fields: [RequestField] {
        var seen: Set<String> = []
        return (sources.value("headers")?.map()?.entries ?? []).compactMap { entry in
            guard seen.insert(entry.key.lowercased()).inserted else {
                return entry.keyNode.refuse("'\(entry.key)' is there already; letter case makes no other field")
            }
            guard let text = entry.value.string() else { return nil }
            do throws(PatternError) {
                return try RequestField(name: entry.key, value: text)
            } catch {
                return entry.value.refuse("not a header field: \(error)")
            }
        }
    }

    private var labels: [LabelRule] {
        sources.value("labels")?.oneOrMore().compactMap { node in
            guard let map = node.map() else { return nil }
            defer { map.close() }
            let place = map.take("value")?.choice(of: LabelRule.Place.self) ?? .parent
            return map.require("css")?.css().map { LabelRule(label: $0, place: place) }
        } ?? []
    }

    private var canonical: SiteCanonicalisation {
        guard let map = sources.value("canonical")?.map() else { return .init() }
        defer { map.close() }
        let rules = CanonicalisationRules(
            dropParameters: map.take("drop")?.strings() ?? [], keepOnlyParameters: map.take("keep")?.strings())
        let host = map.take("host").flatMap(host)
        return .init(
            scheme: map.take("scheme")?.choice(of: Scheme.self)?.rawValue, host: host?.description, rules: rules)
    }

    private enum Scheme: String, CaseIterable { case https, http }
}

extension YAMLNode {
    /// The address of a page for people.
    fileprivate func page() -> String? {
        guard let text = string() else { return nil }
        guard let url = WebURL(text), url.isHTTP else {
            return refuse("expected an http or https URL, found '\(text.prefix(200))'")
        }
        return text
    }
}
