/// What every page needs to know: the catalogue, and how the site calls itself.
struct PageContext: Sendable {
    let catalogue: DemoCatalogue
    let options: DemoSiteOptions
    /// "http://127.0.0.1:8080": links are absolute, as on the real site.
    let origin: String

    /// A link to where the path is at home.
    func link(_ path: String) -> String { (options.hosts.home(of: path).map { "http://\($0)" } ?? origin) + path }

    /// A link without a host, as the real site has some, where one name has all pages.
    func shortLink(_ path: String) -> String { options.hosts.names.isEmpty ? path : link(path) }
}
