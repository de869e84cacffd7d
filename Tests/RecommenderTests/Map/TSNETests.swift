import Glibc
import TestSupport
import Testing

@testable import Recommender

@Suite("TSNE")
struct TSNETests {
    /// Three groups of points in five dimensions.
    private static func groups(_ count: Int) -> DenseMatrix {
        var generator = SplitMix64(seed: 9)
        let values = (0..<count).flatMap { index in
            (0..<5).map { (index % 3 == $0 ? 4.0 : 0) + Double.random(in: -0.5...0.5, using: &generator) }
        }
        return DenseMatrix(rowCount: count, columnCount: 5, values: values)
    }

    @Test("neighbours stay neighbours: each point's nearest one on the plane is of its own group")
    func groupsStay() {
        let places = TSNE(perplexity: 8, iterations: 150, earlyIterations: 60).embed(Self.groups(60))
        for (index, place) in places.enumerated() {
            let nearest = places.indices.filter { $0 != index }.min {
                hypot(places[$0].x - place.x, places[$0].y - place.y)
                    < hypot(places[$1].x - place.x, places[$1].y - place.y)
            }
            #expect((nearest ?? 0) % 3 == index % 3)
        }
    }

    @Test("the same points give the same places, bit for bit, and few or equal points are no errors")
    func determinism() {
        let tsne = TSNE(perplexity: 5, iterations: 20, earlyIterations: 10)
        #expect(tsne.embed(Self.groups(30)) == tsne.embed(Self.groups(30)))
        #expect(tsne.embed(DenseMatrix(rowCount: 0, columnCount: 3)).isEmpty)
        #expect(tsne.embed(DenseMatrix(rowCount: 2, columnCount: 3)).count == 2)
        let same = tsne.embed(DenseMatrix(rowCount: 20, columnCount: 3))
        #expect(same.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    }

    @Test("without summing far points up, the tree's forces are those of all pairs")
    func exactForces() {
        var generator = SplitMix64(seed: 2)
        let places = (0..<40).map { _ in
            PlanePoint(x: Double.random(in: -3...3, using: &generator), y: Double.random(in: -3...3, using: &generator))
        }
        let forces = QuadTree(places).repulsion(at: places, theta: 0)
        var total = 0.0
        for (index, place) in places.enumerated() {
            var push = PlanePoint(x: 0, y: 0)
            for other in places where other != place {
                let (dx, dy) = (place.x - other.x, place.y - other.y)
                let kernel = 1 / (1 + dx * dx + dy * dy)
                total += kernel
                push.x += kernel * kernel * dx
                push.y += kernel * kernel * dy
            }
            #expect(abs(push.x - forces.pushes[index].x) < 1e-9)
            #expect(abs(push.y - forces.pushes[index].y) < 1e-9)
        }
        #expect(abs(total - forces.total) < 1e-9)
        let rough = QuadTree(places).repulsion(at: places, theta: 0.5)
        #expect(abs(rough.total - total) < total * 0.02)
    }

    @Test("a neighbour's share falls with its distance, and the shares have the wanted entropy")
    func shares() {
        let squares = (1...30).map { Double($0 * $0) / 50 }
        let shares = Affinities.shares(squares[...], entropy: log(8))
        #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
        #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 > $1 })
        #expect(abs(shares.reduce(0) { $0 - ($1 > 0 ? $1 * log($1) : 0) } - log(8)) < 1e-4)
    }

    @Test("nearest points are those of sorting all, of equally near ones the first")
    func nearest() {
        let points = Self.groups(30)
        let nearest = NearestPoints(points, count: 4)
        for row in 0..<30 {
            let expected = (0..<30).filter { $0 != row }.map { (squaredDistance(points[row], points[$0]), Int32($0)) }
                .sorted { $0.0 < $1.0 || ($0.0 == $1.0 && $0.1 < $1.1) }.prefix(4).map(\.1)
            #expect(Array(nearest.indices[row * 4..<row * 4 + 4]) == expected)
        }
        #expect(NearestPoints(DenseMatrix(rowCount: 4, columnCount: 1), count: 2).indices.prefix(2) == [1, 2])
    }
}
