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

    @Test("neighbours stay neighbours: the nearest one on the plane is of a point's own group")
    func groupsStay() {
        let places = TSNE(perplexity: 8, iterations: 150, earlyIterations: 60).embed(Self.groups(60))
        let kept = places.enumerated().filter { index, place in
            let nearest = places.indices.filter { $0 != index }.min {
                hypot(places[$0].x - place.x, places[$0].y - place.y)
                    < hypot(places[$1].x - place.x, places[$1].y - place.y)
            }
            return (nearest ?? 0) % 3 == index % 3
        }
        // By chance it would be twenty.
        #expect(kept.count >= 57)
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

    @Test("it makes no more steps when it is no longer wanted")
    func unwanted() {
        let tsne = TSNE(perplexity: 5, iterations: 20, earlyIterations: 10)
        var asked = 0
        let places = tsne.embed(Self.groups(30)) {
            asked += 1
            return asked < 4
        }
        #expect(places.count == 30)
        // Asked once before the first step.
        #expect(places == TSNE(perplexity: 5, iterations: 2, earlyIterations: 10).embed(Self.groups(30)))
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
        let entropy = shares.filter { $0 > 0 }.map { -$0 * log($0) }.reduce(0, +)
        #expect(abs(entropy - log(8)) < 1e-4)
    }

    @Test("nearest points are those of sorting all, of equally near ones the first")
    func nearest() {
        let points = Self.groups(30)
        let nearest = NearestPoints(points, count: 4)
        for row in 0..<30 {
            let others = (0..<30).filter { $0 != row }
            let distances = others.map { squaredDistance(points[row], points[$0]) }
            let order = others.indices.sorted {
                distances[$0] < distances[$1] || (distances[$0] == distances[$1] && $0 < $1)
            }
            let expected = order.prefix(4).map { Int32(others[$0]) }
            #expect(Array(nearest.indices[row * 4..<row * 4 + 4]) == expected)
        }
        #expect(NearestPoints(DenseMatrix(rowCount: 4, columnCount: 1), count: 2).indices.prefix(2) == [1, 2])
    }
}
