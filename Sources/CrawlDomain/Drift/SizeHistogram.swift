public import WebStandards

/// How large the values of a field are: numbers themselves, lengths of texts in bytes, lengths of lists.
///
/// Four buckets for each power of two, so that one scale serves scores and counts of millions alike.
public struct SizeHistogram: Sendable, Hashable {
    /// Buckets there are.
    public static let buckets = 200
    private static let exponents = -8...40

    /// How many values fell into each bucket.
    public private(set) var counts: [Double]
    /// All of them.
    public private(set) var total: Double

    /// An empty histogram.
    public init() {
        counts = Array(repeating: 0, count: Self.buckets)
        total = 0
    }

    /// Counts a value.
    public mutating func add(_ bucket: Int, count: Double = 1) {
        guard counts.indices.contains(bucket) else { return }
        counts[bucket] += count
        total += count
    }

    /// Adds another histogram.
    public static func += (left: inout Self, right: Self) {
        for index in left.counts.indices { left.counts[index] += right.counts[index] }
        left.total += right.total
    }

    /// The same shares as of fewer values.
    public func scaled(by factor: Double) -> Self {
        var scaled = self
        for index in counts.indices { scaled.counts[index] *= factor }
        scaled.total *= factor
        return scaled
    }

    /// The bucket of a number; all that is not above 0 is in the first.
    public static func bucket(of number: Double) -> Int {
        guard number > 0, number.isFinite else { return 0 }
        let exponent = min(max(Int(number.exponent), exponents.lowerBound), exponents.upperBound)
        let quarter = exponent == Int(number.exponent) ? Int((number.significand - 1) * 4) : 0
        return 1 + (exponent - exponents.lowerBound) * 4 + quarter
    }

    /// The bucket of a value; nil where a value has no size.
    public static func bucket(of value: JSONValue) -> Int? {
        switch value {
        case .int(let number): bucket(of: Double(number))
        case .double(let number): bucket(of: number)
        case .string(let text): bucket(of: Double(text.utf8.count))
        case .array(let values): bucket(of: Double(values.count))
        case .bool(let isTrue): isTrue ? bucket(of: 1.0) : 0
        case .null, .object: nil
        }
    }

    /// The least number of a bucket.
    public static func lowerBound(of bucket: Int) -> Double {
        guard bucket > 0 else { return 0 }
        let (octave, quarter) = (bucket - 1).quotientAndRemainder(dividingBy: 4)
        return Double(sign: .plus, exponent: octave + exponents.lowerBound, significand: 1 + Double(quarter) / 4)
    }

    /// The middle value, as the least number of its bucket; nil without values.
    public var median: Double? {
        var seen = 0.0
        for (bucket, count) in counts.enumerated() where count > 0 {
            seen += count
            if seen >= total / 2 { return Self.lowerBound(of: bucket) }
        }
        return nil
    }
}
