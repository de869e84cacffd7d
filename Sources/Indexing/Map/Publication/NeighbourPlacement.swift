import Foundation
import Recommender

/// Finds a place for a story that a map was made without: beside the stories that are most like it.
struct NeighbourPlacement {
    /// What is known of a story that has a place.
    struct Placed {
        let point: PlanePoint
        let cluster: Int
    }

    private static let neighbours = 5
    /// Farther from the nearest one than this, neighbours lie in another part of the map: the middle between would be nobody's.
    private static let reach = 0.08
    /// How far from the middle of its neighbours a story is put, so that several do not lie upon each other.
    private static let offset = 0.004

    private let width: Int
    private var vectors: [Float] = []
    private var placed: [Placed] = []

    /// - Parameter width: How many topics there are.
    init(width: Int) { self.width = width }

    /// Adds a story that has a place.
    mutating func add(_ shares: [Double], _ story: Placed) {
        vectors += Self.unit(shares)
        placed.append(story)
    }

    /// A place for another story; nil while none has one.
    ///
    /// - Parameter id: The same id is always put to the same side of its neighbours.
    func place(_ shares: [Double], id: String) -> Placed? {
        let nearest = self.nearest(to: Self.unit(shares))
        guard let first = nearest.first.map({ placed[$0] }) else { return nil }
        let near = nearest.map { placed[$0].point }.filter {
            hypot($0.x - first.point.x, $0.y - first.point.y) <= Self.reach
        }
        let (count, hash) = (
            Double(near.count), id.utf8.reduce(UInt32(0x811C_9DC5)) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
        )
        let angle = Double(hash % 360) * .pi / 180
        let point = PlanePoint(
            x: min(max(near.reduce(0) { $0 + $1.x } / count + cos(angle) * Self.offset, 0), 1),
            y: min(max(near.reduce(0) { $0 + $1.y } / count + sin(angle) * Self.offset, 0), 1))
        return Placed(point: point, cluster: first.cluster)
    }

    /// The stories most like one, the most alike first; of equally alike ones the first.
    private func nearest(to vector: [Float]) -> [Int] {
        var best: [(likeness: Float, index: Int)] = []
        vectors.withUnsafeBufferPointer { vectors in
            for index in placed.indices {
                var likeness: Float = 0
                for topic in 0..<width { likeness += vectors[index * width + topic] * vector[topic] }
                if best.count == Self.neighbours, likeness <= best[best.count - 1].likeness { continue }
                let position = best.firstIndex { $0.likeness < likeness } ?? best.count
                best.insert((likeness, index), at: position)
                if best.count > Self.neighbours { best.removeLast() }
            }
        }
        return best.map(\.index)
    }

    private static func unit(_ shares: [Double]) -> [Float] {
        let length = shares.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return shares.map { Float(length > 0 ? $0 / length : 0) }
    }
}
