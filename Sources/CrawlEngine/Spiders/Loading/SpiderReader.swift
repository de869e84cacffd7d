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
        guard let site = siteName(root), let hosts = hosts(root) else { return closed() }
        let terms = terms
        if isCheck, terms?.url == nil, let host = hosts.first(where: { !$0.isLocal }) {
            root.node.report(
                "'\(host)' is a public host, and its operator must be able to read its terms; expected "
                    + "terms: {url: https://\(host)/terms, note: …, api: …}")
        }
        let labels = labels
        let rules = RuleReader(fragments: fragments, labels: labels.count, schemas: schemas, converters: converters)
        let entries = sources.entries("pages")
        if entries.isEmpty { root.node.report("the key 'pages' is missing") }
        let names = entries.map(\.key)
        let pages = entries.compactMap { PageReader(rules: rules, pageNames: names).read($0) }
        let fields = fields
        let start = start(pages, names, sendsFields: !fields.isEmpty)
        checkRequests(of: pages, entries)
        let verdicts = sources.value("verdicts")?.oneOrMore().compactMap { rules.verdict($0, rules.page) } ?? []
        let spider = Spider(
            site: site, name: sources.value("name")?.string() ?? site, version: sources.version, hosts: hosts,
            terms: terms, politeness: politeness,
            usesCookies: sources.value("cookies")?.bool() ?? false, fields: fields, start: start,
            pages: pages,
            canonical: canonical, limits: LinkLimitsReader.read(sources.value("limits")),
            sitemaps: SitemapRuleReader(pages: names).read(sources.value("sitemaps")),
            verdicts: verdicts, labels: labels, placeholders: sources.value("placeholders")?.strings() ?? [],
            selectorSets: Spider.selectorSets(pages: pages, verdicts: verdicts, labels: labels),
            schedules: ScheduleReader(site: site).read(root.take("schedules")))
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
        return isName ? site : node.refuse("a site's name has small letters, digits and '-'; found '\(site)'")
    }

    private func hosts(_ root: YAMLMap) -> [HostPattern]? {
        guard let node = sources.value("hosts") else { return root.node.refuse("the key 'hosts' is missing") }
        return node.oneOrMore().compactMap { node in
            node.string().flatMap { text in
                HostPattern(text)
                    ?? node.refuse("expected a host such as example.com or 127.0.0.1:8080, found '\(text)'")
            }
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

    /// Two kinds of the same URLs that ask otherwise: which of them asks would be chance.
    private func checkRequests(of pages: [PageKind], _ entries: [YAMLMap.Entry]) {
        var known: [String: PageKind] = [:]
        for page in pages {
            for shape in Set(page.patterns.map(\.shape)) {
                guard let other = known[shape] else {
                    known[shape] = page
                    continue
                }
                guard other.request?.identity != page.request?.identity else { continue }
                entries.first { $0.key == page.name }?.keyNode.report(
                    "'\(page.name)' has a URL of '\(other.name)' and another request; expected the same request in both"
                )
                break
            }
        }
    }

    private var labels: [LabelRule] {
        sources.value("labels")?.oneOrMore().compactMap { node in
            guard let map = node.map() else { return nil }
            defer { map.close() }
            guard let label = map.require("css")?.css() else { return nil }
            return LabelRule(label: label, place: map.take("value")?.choice(of: LabelRule.Place.self) ?? .parent)
        } ?? []
    }

    private var canonical: SiteCanonicalisation {
        guard let map = sources.value("canonical")?.map() else { return .init() }
        defer { map.close() }
        let rules = CanonicalisationRules(
            dropParameters: map.take("drop")?.strings() ?? [], keepOnlyParameters: map.take("keep")?.strings())
        return .init(scheme: map.take("scheme")?.string(), host: map.take("host")?.string(), rules: rules)
    }

    /// Start pages: a URL whose page kind its pattern tells, or `{url, page, priority}`.
    private func start(_ pages: [PageKind], _ names: [String], sendsFields: Bool) -> [Spider.StartPage] {
        sources.value("start")?.oneOrMore().compactMap { node in
            guard node.isMap, let map = node.map() else {
                return startPage(node, page: nil, priority: 0, pages, sendsFields)
            }
            defer { map.close() }
            let priority = map.take("priority")?.int(in: -1_000...1_000) ?? 0
            let page = map.take("page").flatMap { RuleReader.name($0, among: names, what: "page kind") }
            return map.require("url").flatMap { startPage($0, page: page, priority: priority, pages, sendsFields) }
        } ?? []
    }

    private func startPage(
        _ node: YAMLNode, page: String?, priority: Int, _ pages: [PageKind], _ sendsFields: Bool
    ) -> Spider.StartPage? {
        guard let text = node.string() else { return nil }
        guard let url = WebURL(text), url.isHTTP else {
            return node.refuse("expected an http or https URL, found '\(text)'")
        }
        if sendsFields, url.scheme == "http", HostPattern(url.host ?? "")?.isLocal != true {
            return node.refuse("the fields of 'headers' are sent over TLS only; expected https, found '\(text)'")
        }
        guard let kind = page ?? pages.first(where: { $0.captures(of: url) != nil })?.name else {
            return node.refuse("no page kind serves this URL; give one with {url: …, page: …}")
        }
        return .init(url: url, page: kind, priority: priority)
    }
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
