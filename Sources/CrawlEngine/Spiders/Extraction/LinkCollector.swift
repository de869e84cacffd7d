import CrawlDomain
import Markup
import WebStandards

/// Gathers the links of a page that are worth following.
struct LinkCollector {
    let page: PageReading
    let limits: ExtractionLimits
    let memory: LinkMemory

    func collect(into extraction: inout Extraction) {
        // The rest of the same item is no link to another page: it is read even where links are not to be followed.
        extraction.continuation = page.kind.continuation.flatMap(nextPage)
        guard !page.robots.isNofollow else { return }
        var seen = SeenLinks()
        var signals = SignalReader(page: page)
        for (place, rule) in page.kind.links.enumerated()
        where rule.minimumItems <= extraction.items.count && page.holds(rule.condition) {
            for link in links(by: rule, at: place, items: extraction.items, &signals)
            where seen.isFirst(link, after: extraction.links) {
                guard extraction.links.count < limits.maximumLinks else {
                    extraction.lacksLinks = true
                    return
                }
                page.use?.note(rule.place)
                extraction.links.append(link)
            }
        }
        if let paging = page.kind.paging, let link = nextPage(paging), seen.isFirst(link, after: extraction.links) {
            extraction.links.append(link)
        }
    }

    /// A link that is in scope and leads to the page kind it is said to lead to.
    private func link(_ url: WebURL, _ rule: LinkRule, _ kind: PageKind?, _ signal: LinkSignal?) -> DiscoveredLink? {
        guard url.isHTTP, page.spider.isInScope(url) else { return nil }
        guard let name = rule.page ?? page.spider.page(for: url), rule.page == nil || kind?.captures(of: url) != nil
        else { return nil }
        return page.spider.withFingerprint(
            DiscoveredLink(url: url, page: name, priority: rule.priority, signal: signal))
    }

    /// The links of the first way that finds any address.
    private func links(
        by rule: LinkRule, at place: Int, items: [Item], _ signals: inout SignalReader
    ) -> [DiscoveredLink] {
        let kind = rule.page.flatMap { page.spider.page(named: $0) }
        func judge(_ text: String) -> DiscoveredLink? { url(text).flatMap { link($0, rule, kind, nil) } }
        switch rule.origin {
        case .items(let path):
            return items.flatMap { path.values(in: .object($0.fields)) }.compactMap(\.stringValue).compactMap(judge)
        case .made(let template): return made(template).flatMap { link($0, rule, kind, nil) }.map { [$0] } ?? []
        case .found(let ways):
            let evaluator = FieldEvaluator(page: page)
            for way in ways {
                guard rule.signal.isEmpty else {
                    let found = evaluator.linkPlaces(of: way, in: Scope()).compactMap { text, node in
                        url(text).map { ($0, node.flatMap { signals.read(rule.signal, at: $0) }) }
                    }
                    if !found.isEmpty { return found.compactMap { link($0, rule, kind, $1) } }
                    continue
                }
                let texts = evaluator.links(of: way, in: Scope())
                let place = LinkMemory.Place(kind: page.kind.name, rule: place, origin: page.base.origin)
                let links = memory.links(of: texts, at: place, judge: judge)
                if !links.isEmpty || texts.contains(where: { url($0) != nil }) { return links }
            }
            return []
        }
    }

    private func url(_ text: String) -> WebURL? { page.addresses.resolver.url(text)?.withoutFragment }

    private func made(_ template: Template) -> WebURL? {
        template.filled(encoding: true) { page.value(named: $0) }.flatMap { WebURL($0, base: page.url) }
    }

    /// The next page, when this one is full.
    private func nextPage(_ rule: PagingRule) -> DiscoveredLink? {
        guard page.holds(rule.condition) else { return nil }
        let rows = FieldEvaluator(page: page).findings(of: rule.rows, in: Scope()).count
        guard rows >= rule.full, let url = rule.url.map(made) ?? page.url else { return nil }
        var parameters = URLText.parameters(of: url.query ?? "")
        let index = parameters.firstIndex { $0.name == rule.parameter }
        let current = index.flatMap { Int(parameters[$0].value) } ?? rule.first
        guard (0..<Int(Int32.max)).contains(current) else { return nil }
        page.use?.note(rule.place)
        let value = String(current + rule.step)
        if let index { parameters[index].value = value } else { parameters.append((rule.parameter, value)) }
        let query = parameters.map { "\(URLText.encode($0.name))=\(URLText.encode($0.value))" }.joined(separator: "&")
        return DiscoveredLink(
            url: url.replacingQuery(query).withoutFragment, page: rule.page, priority: rule.priority)
    }
}

/// Where the links of a page are in its list, by their addresses: a set of links would copy each.
private struct SeenLinks {
    private var places = [String: Int](minimumCapacity: 64)

    /// Whether a link is not among those before it.
    mutating func isFirst(_ link: DiscoveredLink, after links: [DiscoveredLink]) -> Bool {
        let place = { (place: inout Int) in place }(&places[link.url.href, default: links.count])
        // Hardly any address leads to two kinds of page.
        return place == links.count || links[place] != link && !links.contains(link)
    }
}

extension FieldEvaluator {
    /// The addresses a way finds, without links that the page asks not to follow.
    func links(of way: FieldAlternative, in scope: Scope) -> [String] {
        guard way.condition.map({ holds($0, in: scope) }) ?? true else { return [] }
        if case .selector(let selector) = way.source, way.isPlainLink, scope.json == nil {
            return page.select(selector, from: scope.node).compactMap { node in
                guard let text = Self.link(of: node), !text.isEmpty, !Finding.node(node, except: []).isNofollow else {
                    return nil
                }
                let value = JSONValue.string(text)
                return value.isBlank || page.placeholders.contains(value) ? nil : text
            }
        }
        let values = findings(of: way, in: scope).filter { !$0.isNofollow }.compactMap { read($0, way) }
        let context = ConversionContext(base: page.base) { scope.value(named: $0) ?? page.value(named: $0) }
        return way.converters.reduce(values) { $1.convert($0, in: context) }.compactMap(NumberText.text)
    }
}

extension FieldEvaluator {
    /// The same, each with the node it stands at.
    func linkPlaces(of way: FieldAlternative, in scope: Scope) -> [(String, MarkupNode?)] {
        guard way.condition.map({ holds($0, in: scope) }) ?? true else { return [] }
        let context = ConversionContext(base: page.base) { scope.value(named: $0) ?? page.value(named: $0) }
        return findings(of: way, in: scope).filter { !$0.isNofollow }.flatMap { finding -> [(String, MarkupNode?)] in
            guard let value = read(finding, way) else { return [] }
            let texts = way.converters.reduce([value]) { $1.convert($0, in: context) }.compactMap(NumberText.text)
            return texts.map { ($0, finding.node) }
        }
    }
}

extension FieldAlternative {
    /// Whether it is nothing but where the elements that a selector finds lead to.
    fileprivate var isPlainLink: Bool {
        reading == .link && select == nil && until.isEmpty && without.isEmpty && converters.isEmpty
    }
}

extension Finding {
    fileprivate var node: MarkupNode? { if case .node(let node, _) = self { node } else { nil } }

    private static let rel = AttributeName("rel")

    fileprivate var isNofollow: Bool {
        guard case .node(let node, _) = self else { return false }
        return LinkRelation.isNofollow((node.kind == .element ? node : node.parent)?.attribute(Self.rel))
    }
}
