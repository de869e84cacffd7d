import CrawlDomain
import WebStandards

extension Spider {
    /// A link as its page is asked for: without the parameters that say nothing (`canonical: {drop: …}`), so that a site is not told on each
    /// visit that somebody came by its newsletter. What is left keeps its order; a redirect that adds them again is followed as it is.
    func asked(_ link: DiscoveredLink) -> DiscoveredLink {
        let silent = canonical.rules.dropParameters
        guard !silent.isEmpty, link.url.query != nil, !isSitemap(link.page) else { return link }
        return DiscoveredLink(
            url: link.url.normalised(removingParameters: silent), page: link.page, priority: link.priority,
            signal: link.signal)
    }
}
