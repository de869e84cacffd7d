/// How sure it is that one method is better than another, from what both do for the same people.
///
/// People are drawn with replacement, as many as there are, again and again; the middle 95 % of the means of their differences are the
/// interval. Every resample has random numbers of its own, so the interval depends on the seed and not on the number of threads.
///
/// Source: Efron & Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13 (percentile interval).
public struct PairedBootstrap: Sendable {
    /// A mean difference and where it lies with a probability of 95 %.
    public struct Interval: Sendable, Hashable {
        /// The mean of the differences.
        public let mean: Double
        /// The lower end of the interval.
        public let low: Double
        /// The upper end of the interval.
        public let high: Double
    }

    /// How often people are drawn.
    public var resamples: Int
    /// Where the random numbers start.
    public var seed: UInt64

    /// Makes a bootstrap.
    public init(resamples: Int = 2_000, seed: UInt64 = 1) {
        self.resamples = resamples
        self.seed = seed
    }

    /// The intervals of several comparisons, all from the same draws.
    ///
    /// - Parameters:
    ///   - differences: For each comparison one difference per person, all of the same length.
    ///   - threads: How many threads share the resamples.
    public func intervals(of differences: [[Double]], threads: Int = 1) -> [Interval] {
        let count = differences.first?.count ?? 0
        precondition(differences.allSatisfy { $0.count == count }, "one difference per person")
        guard count > 0, resamples > 0 else { return differences.map { _ in Interval(mean: 0, low: 0, high: 0) } }
        // Person after person, so that one draw reads neighbouring values.
        let width = differences.count
        let table = (0..<count).flatMap { person in differences.map { $0[person] } }
        let slots = Slots(repeating: [Double](), count: resamples)
        forEachParallel(count: resamples, threads: threads) { next in
            while let resample = next() {
                var generator = SeededGenerator(seed: mixed(seed) &+ mixed(UInt64(resample)))
                slots[resample] = Self.means(table, count, width, &generator)
            }
        }
        let means = slots.values
        return differences.enumerated().map { comparison, values in
            let sorted = means.map { $0[comparison] }.sorted()
            let tail = resamples / 40
            return Interval(
                mean: values.reduce(0, +) / Double(count), low: sorted[tail], high: sorted[resamples - 1 - tail])
        }
    }

    private static func means(
        _ table: [Double], _ count: Int, _ width: Int, _ generator: inout SeededGenerator
    ) -> [Double] {
        var sums = Array(repeating: 0.0, count: width)
        table.withUnsafeBufferPointer { table in
            sums.withUnsafeMutableBufferPointer { sums in
                for _ in 0..<count {
                    // The high half of a product of full width is even enough: a bias of count ÷ 2⁶⁴.
                    let person = Int(generator.next().multipliedFullWidth(by: UInt64(count)).high)
                    for comparison in 0..<width { sums[comparison] += table[person * width + comparison] }
                }
            }
        }
        return sums.map { $0 / Double(count) }
    }
}
