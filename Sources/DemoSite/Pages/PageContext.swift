/// What every page needs to know: the catalogue, and how the site calls itself.
struct PageContext: Sendable {
    let catalogue: DemoCatalogue
    let options: DemoSiteOptions
    /// "http://127.0.0.1:8080": links are absolute, as on the real site.
    let origin: String

    func link(_ path: String) -> String { origin + path }
}
