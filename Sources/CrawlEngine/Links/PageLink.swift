public import WebStandards

/// A link as it stands on a page, before anybody decides whether to follow it.
public struct PageLink: Sendable, Hashable {
    /// Where it leads, resolved; its fragment is kept.
    public let url: WebURL
    /// The text inside the element, as it stands in the page.
    public let text: String
    /// Whether the page asks not to follow it.
    public let isNofollow: Bool

    /// Makes a link.
    public init(url: WebURL, text: String, isNofollow: Bool) {
        self.url = url
        self.text = text
        self.isNofollow = isNofollow
    }
}
