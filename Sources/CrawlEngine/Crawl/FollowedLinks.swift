import CrawlDomain
import Synchronization
import WebStandards

/// The fingerprints of links that were followed: most links of a page lead where those of other pages do, and need not be canonicalised
/// and hashed again to be found among what is known.
///
/// It only saves work, so it may forget, and does so all at once when it is full.
final class FollowedLinks: Sendable {
    private let limit: Int
    private let fingerprints = Mutex<[DiscoveredLink: URLFingerprint]>([:])

    /// A longer URL is not worth its memory: how long it is, the page decides.
    private static let longestURL = 512

    /// - Parameter limit: Links remembered at most, of a few hundred bytes each.
    init(limit: Int = 8_192) { self.limit = limit }

    /// The fingerprints of links, in their order; nil for those that are not remembered.
    func fingerprints(of links: [DiscoveredLink]) -> [URLFingerprint?] {
        fingerprints.withLock { known in links.map { known[$0] } }
    }

    func remember(_ followed: [(link: DiscoveredLink, fingerprint: URLFingerprint)]) {
        // What says something of its page is never passed over.
        let followed = followed.filter { $0.link.signal == nil && $0.link.url.href.utf8.count <= Self.longestURL }
        guard !followed.isEmpty, followed.count <= limit else { return }
        fingerprints.withLock { known in
            if known.count + followed.count > limit { known.removeAll() }
            for (link, fingerprint) in followed { known[link] = fingerprint }
        }
    }
}
