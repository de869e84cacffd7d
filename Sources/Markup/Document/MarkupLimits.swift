/// How much of a page, and how long a selector, is worked on.
///
/// A page is hostile until shown otherwise: every limit is checked before or while memory is taken, and a page that meets
/// one is marked truncated, never silently taken for whole.
public struct MarkupLimits: Sendable, Hashable {
    /// Bytes of the page that are read; the rest is dropped.
    public var maximumBytes: Int
    /// Elements, attributes, comments and the like that are built before the parser is stopped.
    public var maximumNodes: Int
    /// Attributes of one start tag; libxml2 takes time in the square of their number.
    public var maximumAttributesPerElement: Int
    /// Steps one selector may take on one document before it fails with `.selectorTooExpensive`.
    public var maximumSelectorSteps: Int

    /// Makes limits; the defaults fit pages of real sites with room to spare.
    public init(
        maximumBytes: Int = 16 << 20, maximumNodes: Int = 1_000_000, maximumAttributesPerElement: Int = 1_000,
        maximumSelectorSteps: Int = 20_000_000
    ) {
        self.maximumBytes = maximumBytes
        self.maximumNodes = maximumNodes
        self.maximumAttributesPerElement = maximumAttributesPerElement
        self.maximumSelectorSteps = maximumSelectorSteps
    }

    /// What is read whatever was asked for: places in a page are numbers of 32 bits.
    var readableBytes: Int { min(maximumBytes, Int(Int32.max) / 2) }
}
