/// Puts points into groups around centres: Lloyd's iterations from k-means++ starts. Deterministic.
///
/// Source: Lloyd, "Least Squares Quantization in PCM", IEEE Transactions on Information Theory 28(2), 1982; Arthur & Vassilvitskii,
/// "k-means++: The Advantages of Careful Seeding", SODA 2007.
public struct KMeans: Sendable, Hashable {
    /// How many groups; fewer where there are fewer distinct points.
    public var clusterCount: Int
    /// How many starts; the one whose points lie closest to their centres counts.
    public var starts: Int
    /// Iterations of one start at most.
    public var maximumIterations: Int
    /// The seed of the first centres.
    public var seed: UInt64

    /// Makes settings; 25 groups as the original drew.
    public init(clusterCount: Int = 25, starts: Int = 4, maximumIterations: Int = 100, seed: UInt64 = 1) {
        self.clusterCount = clusterCount
        self.starts = starts
        self.maximumIterations = maximumIterations
        self.seed = seed
    }

    /// What came of it.
    public struct Clusters: Sendable, Equatable {
        /// The group of each point.
        public let assignments: [Int]
        /// The mean of each group's points, `groups × dimensions`.
        public let centres: DenseMatrix
        /// The sum of the squared distances to the centres.
        public let inertia: Double
    }

    /// Groups the rows of a matrix; a group's number is the rank of its size, the greatest first.
    public func fit(_ points: DenseMatrix) -> Clusters {
        var generator = SeededGenerator(seed: seed)
        var best: KMeansRun?
        for _ in 0..<max(1, starts) {
            var run = KMeansRun(points, clusterCount: max(0, clusterCount), using: &generator)
            run.iterate(atMost: maximumIterations)
            if run.inertia < best?.inertia ?? .infinity { best = run }
        }
        return (best ?? KMeansRun(points, clusterCount: 0, using: &generator)).orderedBySize
    }
}

/// One start.
private struct KMeansRun {
    private let points: DenseMatrix
    private var centres: DenseMatrix
    private var assignments: [Int]
    private var distances: [Double]

    init(_ points: DenseMatrix, clusterCount: Int, using generator: inout SeededGenerator) {
        self.points = points
        assignments = Array(repeating: 0, count: points.rowCount)
        distances = Array(repeating: .infinity, count: points.rowCount)
        var chosen: [Double] = []
        var count = 0
        while count < clusterCount, points.rowCount > 0 {
            // The first centre is any point, each further one a point with the probability of its squared distance.
            let total = distances.reduce(0, +)
            guard count == 0 || total > 0 else { break }
            var target = Double.random(in: 0..<1, using: &generator) * (count == 0 ? Double(points.rowCount) : total)
            var next = points.rowCount - 1
            for row in 0..<points.rowCount {
                target -= count == 0 ? 1 : distances[row]
                guard target < 0, count == 0 || distances[row] > 0 else { continue }
                next = row
                break
            }
            let centre = Array(points[next])
            chosen += centre
            for row in 0..<points.rowCount {
                let distance = squaredDistance(points[row], centre[...])
                if distance < distances[row] { (distances[row], assignments[row]) = (distance, count) }
            }
            count += 1
        }
        centres = DenseMatrix(rowCount: count, columnCount: points.columnCount, values: chosen)
    }

    var inertia: Double { distances.reduce(0, +) }

    mutating func iterate(atMost limit: Int) {
        for _ in 0..<limit where centres.rowCount > 0 {
            moveCentres()
            guard assign() else { break }
        }
    }

    private mutating func moveCentres() {
        var sums = DenseMatrix(rowCount: centres.rowCount, columnCount: centres.columnCount)
        var counts = [Double](repeating: 0, count: centres.rowCount)
        for row in 0..<points.rowCount {
            counts[assignments[row]] += 1
            for (column, value) in points[row].enumerated() { sums[assignments[row], column] += value }
        }
        // A centre that lost all its points stays where it was.
        for centre in 0..<centres.rowCount where counts[centre] > 0 {
            for column in 0..<centres.columnCount { centres[centre, column] = sums[centre, column] / counts[centre] }
        }
    }

    /// Whether any point changed its group; of equally near centres the first wins.
    private mutating func assign() -> Bool {
        var isChanged = false
        for row in 0..<points.rowCount {
            var (nearest, least) = (0, Double.infinity)
            for centre in 0..<centres.rowCount {
                let distance = squaredDistance(points[row], centres[centre])
                if distance < least { (nearest, least) = (centre, distance) }
            }
            if nearest != assignments[row] { isChanged = true }
            (assignments[row], distances[row]) = (nearest, least)
        }
        return isChanged
    }

    var orderedBySize: KMeans.Clusters {
        var sizes = [Int](repeating: 0, count: centres.rowCount)
        for group in assignments where group < sizes.count { sizes[group] += 1 }
        let order = sizes.indices.sorted { sizes[$0] > sizes[$1] || (sizes[$0] == sizes[$1] && $0 < $1) }
        var ranks = [Int](repeating: 0, count: order.count)
        for (rank, group) in order.enumerated() { ranks[group] = rank }
        return KMeans.Clusters(
            assignments: assignments.map { ranks.isEmpty ? 0 : ranks[$0] },
            centres: DenseMatrix(
                rowCount: order.count, columnCount: centres.columnCount, values: order.flatMap { Array(centres[$0]) }),
            inertia: inertia)
    }
}

func squaredDistance(_ left: ArraySlice<Double>, _ right: ArraySlice<Double>) -> Double {
    left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
            var sum = 0.0
            for index in 0..<min(left.count, right.count) {
                let difference = left[index] - right[index]
                sum += difference * difference
            }
            return sum
        }
    }
}
