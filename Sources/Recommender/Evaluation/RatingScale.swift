/// What the numbers of a data set mean: 1 to 10, half stars up to 5, per cent, or merely "liked".
public struct RatingScale: Sendable, Hashable {
    /// The greatest rating that can be given.
    public let top: Double
    /// The least rating of a liked item.
    public let liked: Double

    /// The scale of anime sites: 1 to 10, liked from 8.
    public static let ten = RatingScale(top: 10, liked: 8)

    /// A scale up to `top`, of which the upper fifth is liked unless said otherwise.
    public init(top: Double, liked: Double? = nil) {
        self.top = top
        self.liked = liked ?? (top == 1 ? 1 : top * 0.8)
    }

    /// The scale that ratings seem to be given on: the least of 1, 5, 10, 20 and 100 that holds them all.
    public init(of ratings: some Sequence<Double>) {
        let greatest = ratings.max() ?? 10
        self.init(top: [1, 5, 10, 20, 100].first { greatest <= $0 } ?? greatest)
    }

    /// A rating on the scale from 1 to 10, rounded half up; 0 for what is no rating.
    public func tenPoint(_ rating: Double) -> Int {
        guard rating > 0, top > 0 else { return 0 }
        // Bounded before it becomes an integer: a file may hold 1e300.
        return Int(min(10, max(1, (rating * 10 / top + 0.5).rounded(.down))))
    }
}
