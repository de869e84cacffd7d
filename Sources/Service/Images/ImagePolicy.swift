import CrawlDomain
import CrawlEngine
import WebStandards

/// How covers are shown, and what a browser may load images from: one decision for the pages and for their policy.
struct ImagePolicy: Sendable {
    let settings: ImageSettings

    /// What holds for the request that is answered; pages are made of many small models, which all would have to be told.
    @TaskLocal static var current = ImagePolicy(settings: ImageSettings())

    /// Sources of images, as the directive `img-src` has them (CSP 3).
    var sources: String {
        guard settings.mode == .links, !settings.hosts.isEmpty else { return "'self'" }
        return "'self' "
            + settings.hosts.map { Self.isThisMachine($0) ? "http://\($0):*" : "https://\($0)" }.joined(separator: " ")
    }

    /// Stands for the decision, in the tags of pages.
    var tag: String { Asset.fingerprint(of: [Array("\(settings.mode) \(settings.hosts)".utf8)]) }

    /// What a page has as the address of a cover; nil to show none.
    func address(of image: String?) -> String? {
        switch settings.mode {
        case .none: return nil
        case .links: return Self.url(image, allowedBy: settings).map(\.href)
        case .cache: return Self.url(image, allowedBy: settings).map { "/images/\(Self.fingerprint(of: $0.href))" }
        }
    }

    /// A stored address of an image, if its host is one that images may come from; with https, which all of them have, where it says http.
    static func url(_ text: String?, allowedBy settings: ImageSettings) -> WebURL? {
        guard let text = WebAddress.safe(text), var url = WebURL(text), let host = url.host, settings.allows(host: host)
        else { return nil }
        if url.scheme == "http", !isThisMachine(host) {
            guard let secure = WebURL("https" + url.href.dropFirst(4)) else { return nil }
            url = secure
        }
        return url
    }

    /// What an image is called here: 128 bits of the SHA-256 of its address.
    static func fingerprint(of address: String) -> String { ContentHash(ofBytes: Array(address.utf8)).hex }

    /// Named by its operator alone, for tests and demonstrations; it has no certificate.
    private static func isThisMachine(_ host: String) -> Bool { host == "127.0.0.1" || host == "localhost" }
}
