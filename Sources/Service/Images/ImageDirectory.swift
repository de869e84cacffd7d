import CrawlEngine
import Indexing
import Storage
import WebStandards

/// The images that may be asked for: those whose addresses stand in stored anime, and no other, so that nobody can have us ask for
/// anything.
final class ImageDirectory: Sendable {
    private struct Key: Hashable {
        let hash: String
        let settings: ImageSettings
    }

    private let known = Latest<Key, [String: WebURL]>()

    /// The address of an image by its fingerprint.
    func url(_ fingerprint: String, of index: AnimeIndex, _ settings: ImageSettings) async -> WebURL? {
        let urls = await known.value(Key(hash: index.version.mapHash, settings: settings)) {
            var urls: [String: WebURL] = [:]
            for image in index.imageURLs {
                guard let url = ImagePolicy.url(image, allowedBy: settings) else { continue }
                urls[ImagePolicy.fingerprint(of: url.href)] = url
            }
            return urls
        }
        return urls[fingerprint]
    }
}
