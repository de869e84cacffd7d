import CrawlEngine
import Terminal
import WebStandards

/// Finds the spider that reads a host.
enum SpiderLookup {
    /// The first spider that has the URL's host, rather with its port than with any; what cannot be read is none, and said to be so.
    static func spider(for url: WebURL) -> Spider? {
        do {
            let loader = try ProjectFolder.spiders()
            let spiders = loader.sites.lazy.compactMap { spider($0, of: loader) }.filter { $0.isInScope(url) }
            guard url.port != nil else { return spiders.first }
            let all = Array(spiders)
            return all.first { $0.hosts.contains { $0.port != nil && $0.matches(url) } } ?? all.first
        } catch {
            Console.note("no spiders: \(error)")
            return nil
        }
    }

    private static func spider(_ site: String, of loader: SpiderLoader) -> Spider? {
        do {
            return try loader.load(site: site)
        } catch {
            Console.note("Spiders/\(site).yaml cannot be read; 'animematcher spider check \(site)' says why")
            return nil
        }
    }
}
