/// How large a YAML file may be.
public struct YAMLLimits: Sendable, Hashable {
    /// Bytes of the file.
    public var maximumBytes: Int
    /// Nodes after aliases are filled in; stops the "billion laughs" document, whose few lines stand for billions.
    public var maximumNodes: Int
    /// Lists and maps within one another.
    public var maximumDepth: Int

    /// Makes limits.
    public init(maximumBytes: Int = 1 << 20, maximumNodes: Int = 100_000, maximumDepth: Int = 32) {
        self.maximumBytes = maximumBytes
        self.maximumNodes = maximumNodes
        self.maximumDepth = maximumDepth
    }
}
