/// What every story is about, as rows of topics brought to length 1: the likeness of two is a sum over topics, each a reason of its own.
struct TopicProfiles: Sendable {
    let topicCount: Int
    let rowCount: Int
    /// Row after row; zeros for what has no story.
    private let values: [Float]
    /// The same topic after topic, so that many rows are compared at once.
    private let byTopic: [Float]

    /// - Parameter shares: Row → share of each topic; empty where there is no story.
    init(_ shares: [[Double]]) {
        let count = shares.map(\.count).max() ?? 0
        topicCount = count
        rowCount = shares.count
        let values = shares.flatMap { row in
            let norm = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return (0..<count).map { $0 < row.count && norm > 0 ? Float(row[$0] / norm) : 0 }
        }
        byTopic = (0..<count).flatMap { topic in shares.indices.map { values[$0 * count + topic] } }
        self.values = values
    }

    /// The topics of a story; nil for a row without one.
    subscript(row: Int32) -> ArraySlice<Float>? {
        guard row >= 0, row < rowCount, topicCount > 0 else { return nil }
        return values[Int(row) * topicCount..<(Int(row) + 1) * topicCount]
    }

    /// What somebody's stories are about together, of length 1; empty when they have none.
    func profile(of list: some Sequence<(item: Int32, weight: Float)>) -> [Float] {
        var sum = Array(repeating: Float(0), count: topicCount)
        for (item, weight) in list {
            guard let row = self[item] else { continue }
            for (topic, value) in zip(0..<topicCount, row) { sum[topic] += weight * value }
        }
        let norm = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return norm > 0 ? sum.map { $0 / norm } : []
    }

    /// The likeness of every story to a profile, 0 to 1.
    func likenesses(to profile: [Float]) -> [Float] {
        var result = Array(repeating: Float(0), count: rowCount)
        guard profile.count == topicCount, topicCount > 0 else { return result }
        // The sum of a row is taken in the order of the topics, as it would be row by row; some rows at a time, which stay near, and some
        // topics, so that sums are written more rarely.
        result.withUnsafeMutableBufferPointer { result in
            byTopic.withUnsafeBufferPointer { values in
                for start in stride(from: 0, to: rowCount, by: Self.rowsAtOnce) {
                    let end = min(start + Self.rowsAtOnce, rowCount)
                    let sums = UnsafeMutableBufferPointer(rebasing: result[start..<end])
                    let line = { (topic: Int) in
                        let first = topic * rowCount
                        return UnsafeBufferPointer(rebasing: values[first + start..<first + end])
                    }
                    let whole = topicCount / 4 * 4
                    for topic in stride(from: 0, to: whole, by: 4) {
                        let factors = (profile[topic], profile[topic + 1], profile[topic + 2], profile[topic + 3])
                        Self.add(
                            (line(topic), line(topic + 1), line(topic + 2), line(topic + 3)), times: factors, to: sums)
                    }
                    for topic in whole..<topicCount { Self.add(line(topic), times: profile[topic], to: sums) }
                }
            }
        }
        return result
    }

    private typealias Line = UnsafeBufferPointer<Float>

    private static func add(
        _ lines: (Line, Line, Line, Line), times factors: (Float, Float, Float, Float),
        to sums: UnsafeMutableBufferPointer<Float>
    ) {
        for place in 0..<sums.count {
            var sum = sums[place]
            sum += factors.0 * lines.0[place]
            sum += factors.1 * lines.1[place]
            sum += factors.2 * lines.2[place]
            sum += factors.3 * lines.3[place]
            sums[place] = sum
        }
    }

    /// Rows whose sums fit into the nearest cache.
    private static let rowsAtOnce = 2_048

    private static func add(
        _ line: UnsafeBufferPointer<Float>, times factor: Float, to sums: UnsafeMutableBufferPointer<Float>
    ) {
        for place in 0..<sums.count { sums[place] += factor * line[place] }
    }

    /// How alike two stories are, 0 to 1.
    func likeness(_ left: Int32, _ right: Int32) -> Float {
        guard let first = self[left], let second = self[right] else { return 0 }
        return zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
