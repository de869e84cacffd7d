public import struct Foundation.Date

/// What a list or a sitemap says of the state of a page it links to.
public enum LinkSignal: Sendable, Hashable {
    /// The hash of what stands around the link, in lists of one kind.
    case content(HeardSignal)
    /// When the page changed last; `isDay` where only the day is stated.
    case modified(Date, isDay: Bool)
}
