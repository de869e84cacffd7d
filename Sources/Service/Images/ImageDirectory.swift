import CrawlEngine
import Indexing
import Storage
import Synchronization
import WebStandards

/// The images that may be asked for: those whose addresses stand in stored anime, and no other, so that nobody can have us ask for
/// anything.
final class ImageDirectory: Sendable {
    private struct Known {
        var hash = ""
        var settings = ImageSettings()
        var urls: [String: WebURL] = [:]
    }

    private let known = Mutex(Known())

    /// The address of an image by its fingerprint.
    func url(_ fingerprint: String, of index: AnimeIndex, _ settings: ImageSettings) -> WebURL? {
        let hash = index.version.mapHash
        if let urls = known.withLock({ $0.hash == hash && $0.settings == settings ? $0.urls : nil }) {
            return urls[fingerprint]
        }
        var urls: [String: WebURL] = [:]
        for image in index.imageURLs {
            guard let url = ImagePolicy.url(image, allowedBy: settings) else { continue }
            urls[ImagePolicy.fingerprint(of: url.href)] = url
        }
        known.withLock { $0 = Known(hash: hash, settings: settings, urls: urls) }
        return urls[fingerprint]
    }
}
