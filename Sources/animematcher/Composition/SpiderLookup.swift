import CrawlEngine
import Terminal
import WebStandards

/// Finds the spider that reads a host.
enum SpiderLookup {
    /// The first spider that has the URL's host; what cannot be read is none, and said to be so.
    static func spider(for url: WebURL) -> Spider? {
        do {
            let loader = try ProjectFolder.spiders()
            return loader.sites.lazy.compactMap { spider($0, of: loader) }.first { $0.isInScope(url) }
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
