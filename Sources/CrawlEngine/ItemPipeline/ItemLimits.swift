/// How large an item may be; the database refuses documents over 16 MB.
public struct ItemLimits: Sendable, Hashable {
    /// Bytes of the item as JSON.
    public var maximumBytes: Int
    /// Lists and objects within one another.
    public var maximumDepth: Int

    /// Makes limits.
    public init(maximumBytes: Int = 8 << 20, maximumDepth: Int = 16) {
        self.maximumBytes = maximumBytes
        self.maximumDepth = maximumDepth
    }
}
