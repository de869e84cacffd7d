import TestSupport
import Testing

@testable import Recommender

@Suite("KMeans")
struct KMeansTests {
    /// Forty points around each of three corners, the first corner twice as often.
    private static let points: DenseMatrix = {
        var generator = SplitMix64(seed: 5)
        let corners = [(0.0, 0.0), (10.0, 0.0), (0.0, 10.0), (0.0, 0.0)]
        let values = (0..<160).flatMap { index -> [Double] in
            let corner = corners[index % 4]
            return [
                corner.0 + Double.random(in: -1...1, using: &generator),
                corner.1 + Double.random(in: -1...1, using: &generator),
            ]
        }
        return DenseMatrix(rowCount: 160, columnCount: 2, values: values)
    }()

    @Test("groups that lie apart are found, the greatest first")
    func separation() {
        let clusters = KMeans(clusterCount: 3).fit(Self.points)
        #expect(
            clusters.assignments.indices.allSatisfy { ($0 % 4 == 0 || $0 % 4 == 3) == (clusters.assignments[$0] == 0) })
        #expect(Set(clusters.assignments) == [0, 1, 2])
        #expect(clusters.centres.rowCount == 3)
    }

    @Test(
        "every point belongs to its nearest centre, every centre is the mean of its points, and the inertia is their sum"
    )
    func optimality() {
        let clusters = KMeans(clusterCount: 5).fit(Self.points)
        var sum = 0.0
        for row in 0..<Self.points.rowCount {
            let distances = (0..<5).map { squaredDistance(Self.points[row], clusters.centres[$0]) }
            #expect(distances[clusters.assignments[row]] == distances.min())
            sum += distances[clusters.assignments[row]]
        }
        #expect(abs(sum - clusters.inertia) < 1e-9)
        for centre in 0..<5 {
            let rows = clusters.assignments.indices.filter { clusters.assignments[$0] == centre }
            for column in 0..<2 {
                let mean = rows.reduce(0.0) { $0 + Self.points[$1, column] } / Double(rows.count)
                #expect(abs(mean - clusters.centres[centre, column]) < 1e-9)
            }
        }
    }

    @Test("two fits are equal, and equal points make one group")
    func determinism() {
        #expect(KMeans(clusterCount: 4).fit(Self.points) == KMeans(clusterCount: 4).fit(Self.points))
        let same = DenseMatrix(rowCount: 3, columnCount: 1, values: [2, 2, 2])
        #expect(KMeans(clusterCount: 2).fit(same).assignments == [0, 0, 0])
        #expect(KMeans(clusterCount: 2).fit(DenseMatrix(rowCount: 0, columnCount: 2)).assignments.isEmpty)
    }
}
