import CrawlDomain
import Fetching
import Foundation
import WebStandards

/// Reads a sitemap, an index of sitemaps, a feed, or the sitemap lines of a robots.txt: its addresses are links, items there are none.
///
/// A sitemap speaks for its own host, and for the host whose robots.txt names it. An index that was found in an index is refused, as the
/// protocol has it, so that indexes cannot lead on for ever.
///
/// Source: sitemaps.org protocol 0.9, "Sitemap file location" and "Sitemaps & Cross Submits".
struct SitemapPage {
    let spider: Spider
    let rule: SitemapRule

    /// Sitemaps that are taken from one robots.txt.
    private static let maximumSitemaps = 1_000

    /// - Parameter via: The robots.txt or index that named the sitemap.
    func read(url: WebURL, status: Int, body: [UInt8], via: WebURL?) -> Extraction {
        var extraction = Extraction(page: SitemapRule.page, mayBeKept: false)
        if let drop = VerdictRule.standard(status: status) {
            extraction.drops = [drop]
            return extraction
        }
        if SitemapRule.isRobotsFile(url) {
            extraction.links = RobotsFile(body).sitemaps(relativeTo: url).prefix(Self.maximumSitemaps).compactMap(link)
            return extraction
        }
        switch Self.sitemap(in: body, at: url) {
        case .failure(let failure): extraction.drops = [failure.drop]
        case .success(let sitemap):
            let isNested = via.map { !SitemapRule.isRobotsFile($0) } ?? false
            if sitemap.isIndex, isNested {
                extraction.drops = [Drop(.notSitemap, detail: "a sitemap index that another index lists")]
            } else {
                extraction.links = links(of: sitemap, at: url, via: via)
                // What a limit leaves out is left out each time; what did not come may come when it is asked for again, which
                // "not modified" would prevent.
                if sitemap.isTruncated, sitemap.entries.count < SitemapLimits().entries {
                    extraction.drops = [Drop(.truncatedPage, detail: "the sitemap stops in the middle")]
                }
            }
        }
        return extraction
    }

    private struct Failure: Error { let drop: Drop }

    /// The sitemap in a body, which may be a gzip file whatever its name says.
    private static func sitemap(in body: [UInt8], at url: WebURL) -> Result<Sitemap, Failure> {
        do {
            return .success(try SitemapFile.read(body, at: url))
        } catch let error as FetchError {
            let reason: DropReason = error.code == .bodyTooLarge ? .tooLarge : .notSitemap
            return .failure(Failure(drop: Drop(reason, detail: error.cause)))
        } catch {
            return .failure(Failure(drop: Drop(.notSitemap, detail: "\(error)")))
        }
    }

    private func links(of sitemap: Sitemap, at url: WebURL, via: WebURL?) -> [DiscoveredLink] {
        var hosts: Set = [url.politenessHost]
        if let via, SitemapRule.isRobotsFile(via) { hosts.insert(via.politenessHost) }
        var seen: Set<WebURL> = []
        return sitemap.entries.compactMap { entry in
            guard hosts.contains(entry.location.politenessHost), seen.insert(entry.location).inserted else {
                return nil
            }
            guard !sitemap.isIndex else { return link(entry.location) }
            guard let page = spider.page(for: entry.location), page != SitemapRule.page,
                rule.pages?.contains(page) ?? true
            else { return nil }
            return DiscoveredLink(
                url: entry.location.withoutFragment.withoutCredentials, page: page, priority: rule.priority,
                signal: entry.lastModified.map(Self.signal))
        }
    }

    /// A date without a time is read as midnight.
    private static func signal(_ lastModified: Int64) -> LinkSignal {
        .modified(
            Date(timeIntervalSince1970: Double(lastModified)), isDay: lastModified.isMultiple(of: 86_400))
    }

    /// A sitemap goes before the pages it lists.
    private func link(_ url: WebURL) -> DiscoveredLink? {
        guard spider.isInScope(url) else { return nil }
        return DiscoveredLink(
            url: url.withoutFragment.withoutCredentials, page: SitemapRule.page, priority: rule.priority + 1)
    }
}
