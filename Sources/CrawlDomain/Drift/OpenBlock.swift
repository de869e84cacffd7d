public import struct Foundation.Date

/// What a run leaves of the block under way on one kind of page: the next run goes on with it, however few pages each of them reads.
public struct OpenBlock: Sendable, Hashable {
    /// Which items.
    public let key: StatisticsKey
    /// Items of the block so far.
    public let items: Int
    /// How many of them are of pages that were read before.
    public let revisited: Int
    /// When the first of them was read.
    public let began: Date?
    /// By field, as in ``PageStatistics``.
    public let fields: [String: OpenField]

    /// Makes a block.
    public init(key: StatisticsKey, items: Int, revisited: Int, began: Date?, fields: [String: OpenField]) {
        self.key = key
        self.items = items
        self.revisited = revisited
        self.began = began
        self.fields = fields
    }
}
