/// How many requests took how long, in buckets that are fixed so that instances can be added up.
struct LatencyHistogram: Sendable {
    /// Upper ends in seconds; what takes longer is in the sum and the count alone.
    static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private var counts = Array(repeating: 0, count: bounds.count)
    private(set) var count = 0
    private(set) var sum = 0.0

    mutating func add(_ seconds: Double) {
        if let bucket = Self.bounds.firstIndex(where: { seconds <= $0 }) { counts[bucket] += 1 }
        count += 1
        sum += seconds
    }

    /// The series of one set of labels: buckets that each hold those below them, the sum, the count.
    func samples(_ labels: [(name: String, value: String)]) -> [MetricFamily.Sample] {
        var below = 0
        var samples = zip(Self.bounds, counts).map { bound, own in
            below += own
            return MetricFamily.Sample(
                suffix: "_bucket", labels: labels + [("le", "\(bound)")], value: Double(below))
        }
        samples.append(.init(suffix: "_bucket", labels: labels + [("le", "+Inf")], value: Double(count)))
        samples.append(.init(suffix: "_sum", labels: labels, value: sum))
        samples.append(.init(suffix: "_count", labels: labels, value: Double(count)))
        return samples
    }
}
