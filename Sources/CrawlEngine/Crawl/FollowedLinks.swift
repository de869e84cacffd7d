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

    /// - Parameter limit: Links remembered at most, of about 300 bytes each.
    init(limit: Int = 4_096) { self.limit = limit }

    /// The fingerprints of links, in their order; nil for those that are not remembered.
    func fingerprints(of links: [DiscoveredLink]) -> [URLFingerprint?] {
        fingerprints.withLock { known in links.map { known[$0] } }
    }

    func remember(_ followed: [(link: DiscoveredLink, fingerprint: URLFingerprint)]) {
        guard !followed.isEmpty, followed.count <= limit else { return }
        fingerprints.withLock { known in
            if known.count + followed.count > limit { known.removeAll() }
            for (link, fingerprint) in followed { known[link] = fingerprint }
        }
    }
}
