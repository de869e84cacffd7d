import Glibc

/// Puts points of many dimensions on a plane so that neighbours stay neighbours: Barnes–Hut t-SNE. Deterministic: it starts from the two
/// principal components and sums in a fixed order.
///
/// Source: van der Maaten & Hinton, "Visualizing Data using t-SNE", JMLR 9, 2008; van der Maaten, "Accelerating t-SNE using Tree-Based
/// Algorithms", JMLR 15, 2014; the start and the learning rate: Kobak & Berens, "The art of using t-SNE for single-cell
/// transcriptomics", Nature Communications 10, 2019.
public struct TSNE: Sendable, Hashable {
    /// How many neighbours a point looks at, about.
    public var perplexity: Double
    /// Steps in all.
    public var iterations: Int
    /// Steps in which neighbours attract each other twelve times as strongly, so that groups form.
    public var earlyIterations: Int
    /// How coarsely far points are summed up: 0 not at all, 1 very much.
    public var theta: Double
    /// The seed of the tiny shifts that part equal points.
    public var seed: UInt64

    /// Makes settings.
    public init(
        perplexity: Double = 30, iterations: Int = 600, earlyIterations: Int = 200, theta: Double = 0.6,
        seed: UInt64 = 1
    ) {
        self.perplexity = perplexity
        self.iterations = iterations
        self.earlyIterations = earlyIterations
        self.theta = theta
        self.seed = seed
    }

    private static let exaggeration = 12.0

    /// A place for each row; distances are Euclidean, so rows of length 1 are compared by their cosine.
    ///
    /// - Parameter goesOn: Asked before each step; the places so far are returned when it says no.
    public func embed(_ points: DenseMatrix, goesOn: () -> Bool = { true }) -> [PlanePoint] {
        descend(from: start(points), points, exaggeration: Self.exaggeration, goesOn: goesOn)
    }

    /// Moves points from the places they had to where they are to be now; groups stay about where they were.
    ///
    /// - Parameters:
    ///   - places: A place for each row, as far apart as ``embed(_:)`` puts them.
    ///   - exaggeration: How many times as strongly neighbours attract each other in the early steps: more than 1 where groups are to
    ///     form anew.
    ///   - goesOn: Asked before each step; the places so far are returned when it says no.
    public func refine(
        _ points: DenseMatrix, from places: [PlanePoint], exaggeration: Double = 4, goesOn: () -> Bool = { true }
    ) -> [PlanePoint] {
        precondition(places.count == points.rowCount, "a place for each row")
        return descend(from: places, points, exaggeration: exaggeration, goesOn: goesOn)
    }

    private func descend(
        from start: [PlanePoint], _ points: DenseMatrix, exaggeration: Double, goesOn: () -> Bool
    ) -> [PlanePoint] {
        var places = start
        guard points.rowCount > 3, goesOn() else { return places }
        let affinities = Affinities(points, perplexity: min(perplexity, Double(points.rowCount - 1) / 3))
        let rate = max(Double(points.rowCount) / Self.exaggeration, 50)
        var descent = MomentumDescent(count: points.rowCount, rate: rate)
        for iteration in 0..<iterations where goesOn() {
            let isEarly = iteration < earlyIterations
            let gradient = gradient(at: places, affinities, attraction: isEarly ? exaggeration : 1)
            descent.step(&places, gradient, momentum: isEarly ? 0.5 : 0.8)
        }
        return places
    }

    /// The two principal components, the first with a standard deviation of 1e-4.
    private func start(_ points: DenseMatrix) -> [PlanePoint] {
        var places = PrincipalComponents.plane(points)
        let count = Double(max(1, places.count))
        let deviation = (places.reduce(0) { $0 + $1.x * $1.x } / count).squareRoot()
        var generator = SeededGenerator(seed: seed)
        for index in places.indices {
            let scale = deviation > 0 ? 1e-4 / deviation : 0
            places[index].x = places[index].x * scale + Double.random(in: -1e-6...1e-6, using: &generator)
            places[index].y = places[index].y * scale + Double.random(in: -1e-6...1e-6, using: &generator)
        }
        return places
    }

    private func gradient(at places: [PlanePoint], _ affinities: Affinities, attraction: Double) -> [PlanePoint] {
        let forces = QuadTree(places).repulsion(at: places, theta: theta)
        return places.indices.map { index in
            let pull = affinities.pull(on: index, places)
            return PlanePoint(
                x: attraction * pull.x - forces.pushes[index].x / forces.total,
                y: attraction * pull.y - forces.pushes[index].y / forces.total)
        }
    }
}

/// Gradient descent with momentum and a rate of its own for each coordinate, which grows while the direction stays.
private struct MomentumDescent {
    private let rate: Double
    private var velocities: [PlanePoint]
    private var gains: [PlanePoint]

    init(count: Int, rate: Double) {
        self.rate = rate
        velocities = Array(repeating: PlanePoint(x: 0, y: 0), count: count)
        gains = Array(repeating: PlanePoint(x: 1, y: 1), count: count)
    }

    mutating func step(_ places: inout [PlanePoint], _ gradient: [PlanePoint], momentum: Double) {
        var (sumX, sumY) = (0.0, 0.0)
        for index in places.indices {
            let g = gradient[index]
            gains[index].x = gain(gains[index].x, g.x, velocities[index].x)
            gains[index].y = gain(gains[index].y, g.y, velocities[index].y)
            velocities[index].x = momentum * velocities[index].x - 4 * rate * gains[index].x * g.x
            velocities[index].y = momentum * velocities[index].y - 4 * rate * gains[index].y * g.y
            places[index].x += velocities[index].x
            places[index].y += velocities[index].y
            sumX += places[index].x
            sumY += places[index].y
        }
        let (meanX, meanY) = (sumX / Double(places.count), sumY / Double(places.count))
        for index in places.indices {
            places[index].x -= meanX
            places[index].y -= meanY
        }
    }

    private func gain(_ gain: Double, _ gradient: Double, _ velocity: Double) -> Double {
        max(0.01, (gradient > 0) == (velocity > 0) ? gain * 0.8 : gain + 0.2)
    }
}
