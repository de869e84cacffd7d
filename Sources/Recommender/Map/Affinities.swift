import Glibc

/// How much points want to be near each other: symmetric, sparse, with the sum 1.
struct Affinities {
    private let starts: [Int]
    private let others: [Int32]
    private let values: [Double]

    /// - Parameter perplexity: The entropy of each point's neighbours, as a number of equally likely ones.
    init(_ points: DenseMatrix, perplexity: Double) {
        let nearest = NearestPoints(points, count: Int(3 * perplexity))
        var pairs: [[(Int32, Double)]] = Array(repeating: [], count: points.rowCount)
        for row in 0..<points.rowCount {
            let range = row * nearest.count..<(row + 1) * nearest.count
            let shares = Self.shares(nearest.squaredDistances[range], entropy: log(perplexity))
            for (other, share) in zip(nearest.indices[range], shares) {
                let value = share / Double(2 * points.rowCount)
                pairs[row].append((other, value))
                pairs[Int(other)].append((Int32(row), value))
            }
        }
        var (starts, others, values): ([Int], [Int32], [Double]) = ([0], [], [])
        for row in pairs {
            for (other, value) in row.sorted(by: { $0.0 < $1.0 }) {
                if others.count > starts[starts.count - 1], others.last == other {
                    values[values.count - 1] += value
                } else {
                    others.append(other)
                    values.append(value)
                }
            }
            starts.append(others.count)
        }
        (self.starts, self.others, self.values) = (starts, others, values)
    }

    /// A Gaussian's values at the distances, as wide as gives them the entropy; they add up to 1.
    static func shares(_ squares: ArraySlice<Double>, entropy wanted: Double) -> [Double] {
        let least = squares.first ?? 0
        var (precision, low, high) = (1.0, 0.0, Double.infinity)
        var shares: [Double] = []
        for _ in 0..<60 {
            shares = squares.map { exp(-precision * ($0 - least)) }
            let total = shares.reduce(0, +)
            let mean = zip(shares, squares).reduce(0) { $0 + $1.0 * ($1.1 - least) } / total
            let entropy = log(total) + precision * mean
            shares = shares.map { $0 / total }
            if abs(entropy - wanted) < 1e-5 { break }
            if entropy > wanted { low = precision } else { high = precision }
            precision = high == .infinity ? precision * 2 : (low + high) / 2
            // Neighbours that are all equally near have one entropy, whatever the width.
            if precision > 1e12 { break }
        }
        return shares
    }

    /// The force of a point's neighbours on it.
    @inline(__always)
    func pull(on index: Int, _ places: [PlanePoint]) -> PlanePoint {
        var sum = PlanePoint(x: 0, y: 0)
        let place = places[index]
        for position in starts[index]..<starts[index + 1] {
            let other = places[Int(others[position])]
            let (dx, dy) = (place.x - other.x, place.y - other.y)
            let force = values[position] / (1 + dx * dx + dy * dy)
            sum.x += force * dx
            sum.y += force * dy
        }
        return sum
    }
}
