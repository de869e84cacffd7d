/// A place in two dimensions.
public struct PlanePoint: Sendable, Hashable {
    /// To the right.
    public var x: Double
    /// Downwards, where it is drawn.
    public var y: Double

    /// Makes a point.
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}
