public import struct Foundation.Date

/// How far the import of one file has come.
public struct ImportProgress: Sendable, Hashable {
    /// How many records, or people of a file of ratings, are dealt with; a file is always read in the same order.
    public var position = 0
    /// Documents that were new, as of all programs that worked on this file since it was begun.
    public var inserted = 0
    /// Documents that had changed, deleted ones included.
    public var updated = 0
    /// Documents found as they were stored.
    public var unchanged = 0
    /// Documents that the database refused.
    public var refused = 0
    /// When it was begun.
    public var startedAt: Date
    /// When the same file was last imported to its end; nil when it never was.
    public var finishedAt: Date?

    /// An import that begins.
    public init(startedAt: Date, finishedAt: Date? = nil) {
        self.startedAt = startedAt
        self.finishedAt = finishedAt
    }

    /// Whether it goes on where another program ended.
    public var isResumed: Bool { position > 0 }
}
