import WebStandards

/// A sitemap of 20,000 addresses → the addresses.
enum SitemapSubjects {
    static func all(_ workload: Workload) throws -> [Subject] {
        let bytes = try workload.bytes("sitemap.xml")
        guard let url = WebURL("https://anime.example/sitemap.xml") else { return [] }
        return [
            Subject("sitemap", unit: "addresses") {
                let sitemap = try Sitemap(bytes, at: url)
                return Subject.Round(operations: sitemap.entries.count, result: sitemap.entries.count)
            }
        ]
    }
}
