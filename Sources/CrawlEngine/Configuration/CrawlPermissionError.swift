/// A public host would be crawled without the operator's word; says exactly what to add.
public struct CrawlPermissionError: Error, Sendable, CustomStringConvertible {
    /// What to add to the configuration, to be copied.
    public let description: String

    /// What is missing; nil when nothing is.
    init?(spider: Spider, configuration: Configuration) {
        var missing: [String] = []
        if configuration.contact == nil {
            missing.append(
                "contact: mailto:you@example.org   # how the site's owner reaches you; sent with every request")
        }
        if configuration.sites[spider.site]?.acknowledgedTerms == nil {
            let terms = spider.terms?.url.map { " at \($0)" } ?? ""
            missing.append(
                """
                sites:
                  \(spider.site):
                    acknowledged_terms: "2026-01-31"   # the day you read the terms\(terms) and found that they allow this
                """)
        }
        guard !missing.isEmpty else { return nil }
        description = """
            \(spider.site) is a public site and is not crawled before you say so. Add to the configuration file:

            \(missing.joined(separator: "\n"))
            """
    }
}
