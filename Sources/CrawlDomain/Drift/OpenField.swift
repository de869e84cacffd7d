public import struct Foundation.Date

/// How far the watch over one field has come.
public struct OpenField: Sendable, Hashable {
    /// Items of the block so far.
    public var items = 0.0
    /// Those of them that had a value.
    public var filled = 0.0
    /// Texts that were compared with the item's before.
    public var compared = 0.0
    /// Those of them that equalled it.
    public var repeated = 0.0
    /// Pages without a value: a few.
    public var lacking: [String] = []
    /// Pages with a value: a few.
    public var found: [DriftSample] = []
    /// Pages whose value equalled the one before: a few.
    public var alike: [DriftSample] = []
    /// A page and its value from when all was well.
    public var before: DriftSample?
    /// The chart of how many items have a value.
    public var filling = OpenChart()
    /// The chart of how many texts equal the one before.
    public var repetition = OpenChart()
    /// Sizes of the values of the window under way.
    public var window = SizeHistogram()
    /// When the first of them was read.
    public var windowBegan: Date?

    /// Of nothing yet.
    public init() {}

    /// The same without the blocks that wait to be learnt.
    public var withoutWaiting: OpenField {
        var field = self
        field.filling.waiting = []
        field.repetition.waiting = []
        return field
    }
}
