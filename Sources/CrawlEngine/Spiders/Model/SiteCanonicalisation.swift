import WebStandards

/// Which URLs of a site are one page.
struct SiteCanonicalisation: Sendable, Hashable {
    /// The scheme under which all are deduplicated; nil leaves it.
    var scheme: String?
    /// The host under which all are deduplicated, with its port where it has one; nil leaves it.
    var host: String?
    var rules = CanonicalisationRules()

    /// - Parameter rules: Those of the site when nil.
    func canonicalURL(_ url: WebURL, kind: PageKind?, rules: CanonicalisationRules? = nil) -> CanonicalURL {
        CanonicalURL(relocated(url, path: path(of: url, kind: kind)), rules: rules ?? self.rules)
    }

    /// The path and query by the page kind's template; nil when it has none, or the URL does not fill it.
    private func path(of url: WebURL, kind: PageKind?) -> String? {
        guard let kind, let template = kind.canonical, let captures = kind.captures(of: url) else { return nil }
        return template.filled(encoding: true) { captures[$0].map(JSONValue.string) }
    }

    private func relocated(_ url: WebURL, path: String?) -> WebURL {
        guard scheme != nil || host != nil || path != nil else { return url }
        let authority = host ?? (url.host ?? "") + (url.port.map { ":\($0)" } ?? "")
        return WebURL("\(scheme ?? url.scheme)://\(authority)\(path ?? url.requestTarget)") ?? url
    }
}
