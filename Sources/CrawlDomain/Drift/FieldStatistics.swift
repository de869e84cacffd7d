/// What the items of one page kind had in one field.
public struct FieldStatistics: Sendable, Hashable {
    /// Items looked at, in control or not.
    public var items = 0.0
    /// Those of them that had a value.
    public var filled = 0.0
    /// Of blocks in control: how many items had a value.
    public var filling = RateSums()
    /// Of blocks in control: how many values equalled the item's before.
    public var repetition = RateSums()
    /// Of windows in control: how large values were.
    public var sizes = SizeHistogram()
    /// Windows in control.
    public var windows = 0.0
    /// Σ of how much these differed from what was before, over what chance makes of it.
    public var unrest = 0.0

    /// Of nothing yet.
    public init() {}

    /// Adds what other items had.
    public static func += (left: inout Self, right: Self) {
        left.items += right.items
        left.filled += right.filled
        left.filling += right.filling
        left.repetition += right.repetition
        left.sizes += right.sizes
        left.windows += right.windows
        left.unrest += right.unrest
    }

    /// The same as of fewer items.
    public func scaled(by factor: Double) -> Self {
        var scaled = self
        scaled.items *= factor
        scaled.filled *= factor
        scaled.filling = filling.scaled(by: factor)
        scaled.repetition = repetition.scaled(by: factor)
        scaled.sizes = sizes.scaled(by: factor)
        scaled.windows *= factor
        scaled.unrest *= factor
        return scaled
    }
}
