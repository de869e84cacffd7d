/// How long raw pages of a site are kept, and how many; what is older or more goes, the oldest first.
public struct PageRetention: Sendable, Hashable {
    /// Pages that were asked for longer ago go; nil keeps them.
    public var keep: Duration?
    /// More pages than this go; nil keeps them.
    public var most: Int?

    /// Everything is kept where neither is said.
    public init(keep: Duration? = nil, most: Int? = nil) {
        (self.keep, self.most) = (keep, most)
    }

    /// Whether everything is kept.
    public var keepsAll: Bool { keep == nil && most == nil }
}
