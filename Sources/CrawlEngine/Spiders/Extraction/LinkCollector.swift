import CrawlDomain
import Markup
import WebStandards

/// Gathers the links of a page that are worth following.
struct LinkCollector {
    let page: PageReading
    let limits: ExtractionLimits

    func collect(into extraction: inout Extraction) {
        // The rest of the same item is no link to another page: it is read even where links are not to be followed.
        extraction.continuation = page.kind.continuation.flatMap(nextPage)
        guard !page.robots.isNofollow else { return }
        var seen: Set<DiscoveredLink> = []
        var signals = SignalReader(page: page)
        for rule in page.kind.links where rule.minimumItems <= extraction.items.count && page.holds(rule.condition) {
            let kind = rule.page.flatMap { page.spider.page(named: $0) }
            for (url, signal) in found(by: rule, items: extraction.items, &signals) {
                guard extraction.links.count < limits.maximumLinks else {
                    extraction.lacksLinks = true
                    return
                }
                if let link = link(url, rule, kind, signal), seen.insert(link).inserted {
                    page.use?.note(rule.place)
                    extraction.links.append(link)
                }
            }
        }
        if let paging = page.kind.paging, let link = nextPage(paging), seen.insert(link).inserted {
            extraction.links.append(link)
        }
    }

    /// A link that is in scope and leads to the page kind it is said to lead to.
    private func link(_ url: WebURL, _ rule: LinkRule, _ kind: PageKind?, _ signal: LinkSignal?) -> DiscoveredLink? {
        guard url.isHTTP, page.spider.isInScope(url) else { return nil }
        guard let name = rule.page else {
            return page.spider.page(for: url).map {
                DiscoveredLink(url: url, page: $0, priority: rule.priority, signal: signal)
            }
        }
        guard kind?.captures(of: url) != nil else { return nil }
        return DiscoveredLink(url: url, page: name, priority: rule.priority, signal: signal)
    }

    private func found(by rule: LinkRule, items: [Item], _ signals: inout SignalReader) -> [(WebURL, LinkSignal?)] {
        guard !rule.signal.isEmpty, case .found(let ways) = rule.origin else {
            return urls(of: rule.origin, items: items).map { ($0, nil) }
        }
        let evaluator = FieldEvaluator(page: page)
        for way in ways {
            let links = evaluator.linkPlaces(of: way, in: Scope()).compactMap { text, place -> (WebURL, LinkSignal?)? in
                guard let url = page.addresses.resolver.url(text)?.withoutFragment else { return nil }
                return (url, place.flatMap { signals.read(rule.signal, at: $0) })
            }
            if !links.isEmpty { return links }
        }
        return []
    }

    private func urls(of origin: LinkRule.Origin, items: [Item]) -> [WebURL] {
        switch origin {
        case .items(let path):
            let texts = items.flatMap { path.values(in: .object($0.fields)) }.compactMap(\.stringValue)
            return texts.compactMap { page.addresses.resolver.url($0)?.withoutFragment }
        case .made(let template): return made(template).map { [$0] } ?? []
        case .found(let ways):
            let evaluator = FieldEvaluator(page: page)
            for way in ways {
                // A page names most of its links more than once.
                var seen: Set<String> = []
                let urls = evaluator.links(of: way, in: Scope()).compactMap { text in
                    seen.insert(text).inserted ? page.addresses.resolver.url(text)?.withoutFragment : nil
                }
                if !urls.isEmpty { return urls }
            }
            return []
        }
    }

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

extension FieldEvaluator {
    /// The addresses a way finds, without links that the page asks not to follow.
    func links(of way: FieldAlternative, in scope: Scope) -> [String] {
        guard way.condition.map({ holds($0, in: scope) }) ?? true else { return [] }
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

extension Finding {
    fileprivate var node: MarkupNode? { if case .node(let node, _) = self { node } else { nil } }

    fileprivate var isNofollow: Bool {
        guard case .node(let node, _) = self else { return false }
        return LinkRelation.isNofollow((node.kind == .element ? node : node.parent)?.attribute("rel"))
    }
}
