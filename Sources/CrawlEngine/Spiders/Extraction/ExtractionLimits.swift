public import Markup

/// How much is taken from one page.
public struct ExtractionLimits: Sendable, Hashable {
    /// Bytes of the body; larger pages are dropped.
    public var maximumBytes: Int
    /// Items of one page.
    public var maximumItems: Int
    /// Links of one page.
    public var maximumLinks: Int
    /// Limits of reading mark-up.
    public var markup: MarkupLimits

    /// Makes limits.
    public init(
        maximumBytes: Int = 16 << 20, maximumItems: Int = 5_000, maximumLinks: Int = 20_000,
        markup: MarkupLimits = .init()
    ) {
        self.maximumBytes = maximumBytes
        self.maximumItems = maximumItems
        self.maximumLinks = maximumLinks
        self.markup = markup
    }
}
