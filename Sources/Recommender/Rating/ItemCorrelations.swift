/// How alike people rate two items, for every pair: the correlation of the ratings where enough people rated both, and what the
/// correlation of the audiences lets expect where few did.
///
/// Audiences are the stronger evidence for most pairs: that the same people watch two seasons is known long before enough of them rated
/// both. Values are stored in steps of 1/32767: 2 bytes × items², 288 MB at 12,000 items.
struct ItemCorrelations: Sendable {
    static let step: Float = 1.0 / 32767
    /// No correlation is believed to be greater.
    private static let limit = 0.95

    /// The number of items.
    let itemCount: Int
    private let storage: Storage

    /// `@unchecked Sendable`: written by the initialiser alone, each pair by the one thread that was handed the greater item's number.
    private final class Storage: @unchecked Sendable {
        let values: UnsafeMutableBufferPointer<Int16>

        init(count: Int) {
            values = .allocate(capacity: count)
            values.initialize(repeating: 0)
        }

        deinit { values.deallocate() }
    }

    /// A pure function of the sums.
    init(_ statistics: RatingStatistics, threads: Int) {
        let count = statistics.itemCount
        let storage = Storage(count: count * count)
        let pairs = PairCorrelation(statistics)
        forEachParallel(count: count, threads: threads) { next in
            while let item = next() {
                guard let counts = statistics.counts.rows[item]?.values else { continue }
                let products = statistics.products.rows[item]?.values
                for other in 0..<item {
                    let value = pairs.correlation(item, other, count: counts[other], product: products?[other] ?? 0)
                    let stored = Int16((min(Self.limit, max(-1, value)) * 32767).rounded())
                    storage.values[item * count + other] = stored
                    storage.values[other * count + item] = stored
                }
            }
        }
        itemCount = count
        self.storage = storage
    }

    /// The correlations of an item with all items, in steps of 1/32767; 0 with itself. The pointer lives as long as `self`.
    func withRow<Result>(_ item: Int, _ body: (UnsafePointer<Int16>) -> Result) -> Result? {
        guard item >= 0, item < itemCount, let base = storage.values.baseAddress else { return nil }
        return withExtendedLifetime(storage) { body(UnsafePointer(base + item * itemCount)) }
    }

    /// One correlation.
    subscript(left: Int, right: Int) -> Float { withRow(left) { Float($0[right]) * Self.step } ?? 0 }
}

/// The estimate for one pair of items.
private struct PairCorrelation: Sendable {
    private let raters: [Double]
    private let means: [Double]
    private let deviations: [Double]
    /// `√(n·(1 − n/people))`, the spread of "rated it", not less than for a share of 95 %.
    private let presence: [Double]
    private let people: Double
    private let support: Double
    private let slope: Double

    init(_ statistics: RatingStatistics) {
        let items = 0..<statistics.itemCount
        let unit = NormalisedList.unit
        let raters = items.map { Double(statistics.counts[$0, $0]) }
        let means = items.map { Double(statistics.sums[$0]) / unit / (raters[$0] + 3) }
        let squares = items.map {
            max(0, Double(statistics.products[$0, $0]) / (unit * unit) - raters[$0] * means[$0] * means[$0])
        }
        let typical = squares.reduce(0, +) / max(1, raters.reduce(0, +))
        let people = Double(max(1, statistics.personCount))
        deviations = items.map { ((squares[$0] + 5 * typical) / (raters[$0] + 5)).squareRoot() }
        presence = raters.map { ($0 * max(1 - $0 / people, 0.05)).squareRoot() }
        self.raters = raters
        self.means = means
        self.people = people
        support = statistics.settings.correlationSupport
        slope = statistics.settings.audienceSlope
    }

    func correlation(_ left: Int, _ right: Int, count: Int32, product: Int32) -> Double {
        let both = Double(count)
        let spread = presence[left] * presence[right]
        guard spread > 0 else { return 0 }
        let audience = (both - raters[left] * raters[right] / people) / spread
        let unit = NormalisedList.unit * NormalisedList.unit
        let covariance = Double(product) / unit - means[left] * means[right] * both
        let scale = deviations[left] * deviations[right]
        return ((scale > 0 ? covariance / scale : 0) + support * slope * audience) / (both + support)
    }
}
