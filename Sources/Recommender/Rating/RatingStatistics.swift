/// Exact integer sums over people from which correlations of ratings follow: a changed list is "subtract the old, add the new", and the
/// sums have the very values of a rebuild, in whatever order people came.
///
/// Each person's ratings enter in the person's own measure (`(rating − mean) ÷ spread`, in eighths, at most four units of spread), which depends
/// on the person's list alone. Two triangular matrices of 32 bits: 4 bytes × items² , 576 MB at 12,000 items. A product of two ratings is at
/// most 1,024, so an entry holds 2 million people who all agree in the extreme, and some 30 million as people are.
public struct RatingStatistics: Sendable {
    /// The scale of the ratings, which gives the prior of a person's spread its size.
    public let scale: ClosedRange<Float>
    /// What is tuned.
    public let settings: RatingSettings
    /// How many people rated both items; on the diagonal, how many rated the item.
    public private(set) var counts: GramMatrix
    /// Sums over those people of the products of both ratings in their own measure.
    public private(set) var products: GramMatrix
    /// Sums of each item's ratings in their raters' own measure.
    private(set) var sums: [Int64] = []
    /// How many people have a rating.
    public private(set) var personCount = 0
    /// The sum of people's mean ratings, in steps of 1/256.
    private(set) var levels: Int64 = 0

    /// Makes statistics of nobody.
    public init(itemCount: Int = 0, scale: ClosedRange<Float>, settings: RatingSettings = .init()) {
        self.scale = scale
        self.settings = settings
        counts = GramMatrix(itemCount: itemCount)
        products = GramMatrix(itemCount: itemCount)
        grow(toItemCount: itemCount)
    }

    /// The number of items that were ever rated, or that were asked for.
    public var itemCount: Int { sums.count }

    /// Adds a person's list.
    ///
    /// - Complexity: O(k²) for a list of k items.
    public mutating func add(_ list: RatedList) { accumulate(list, sign: 1) }

    /// Takes a person's list away again: the exact inverse of `add(_:)`.
    public mutating func subtract(_ list: RatedList) { accumulate(list, sign: -1) }

    /// Exchanges a person's old list for the new one, touching nothing when they are equal.
    public mutating func replace(_ old: RatedList, with new: RatedList) {
        guard old != new else { return }
        subtract(old)
        add(new)
    }

    private mutating func accumulate(_ list: RatedList, sign: Int64) {
        guard let last = list.items.last else { return }
        grow(toItemCount: Int(last) + 1)
        let normalised = NormalisedList(list, scale: scale, settings: settings)
        let steps = normalised.steps
        for (item, step) in zip(list.items, steps) { sums[Int(item)] += sign * Int64(step) }
        personCount += Int(sign)
        levels += sign * Int64((normalised.mean * 256).rounded())
        let presence = SparseVector(list.items.map { (item: $0, weight: 1) })
        let values = SparseVector(zip(list.items, steps).map { (item: $0, weight: $1) })
        if sign > 0 {
            counts.add(presence)
            products.add(values)
        } else {
            counts.subtract(presence)
            products.subtract(values)
        }
    }

    private mutating func grow(toItemCount count: Int) {
        guard count > sums.count else { return }
        sums.append(contentsOf: repeatElement(0, count: count - sums.count))
        counts.grow(toItemCount: count)
        products.grow(toItemCount: count)
    }

    /// The mean of people's means: what is expected of a person without ratings; the middle of the scale without people.
    var level: Double {
        guard personCount > 0 else { return Double(scale.lowerBound + scale.upperBound) / 2 }
        return Double(levels) / 256 / Double(personCount)
    }
}

extension RatingStatistics: Equatable {
    /// Whether every sum is equal; items without any rating at the end make no difference.
    public static func == (left: RatingStatistics, right: RatingStatistics) -> Bool {
        guard left.scale == right.scale, left.settings == right.settings, left.personCount == right.personCount,
            left.levels == right.levels, left.counts == right.counts, left.products == right.products
        else { return false }
        let count = min(left.itemCount, right.itemCount)
        return left.sums.prefix(count) == right.sums.prefix(count)
            && left.sums.dropFirst(count).allSatisfy { $0 == 0 } && right.sums.dropFirst(count).allSatisfy { $0 == 0 }
    }
}
