/// Squares within squares, each with the number and the centre of the points in it, so that far points are summed up together.
///
/// Source: Barnes & Hut, "A hierarchical O(N log N) force-calculation algorithm", Nature 324, 1986.
struct QuadTree {
    /// Deeper squares are not divided: points in them are the same but for rounding.
    private static let maximumDepth: UInt8 = 40

    private struct Node {
        /// Index of the first of four children; 0 for a leaf.
        var children: Int32 = 0
        var count = 0.0
        var x = 0.0
        var y = 0.0
        let middleX: Double
        let middleY: Double
        /// Half of the side.
        let half: Double
        let depth: UInt8
    }

    private var nodes: [Node] = []

    init(_ places: [PlanePoint]) {
        var (left, right, top, bottom) = (Double.infinity, -Double.infinity, Double.infinity, -Double.infinity)
        for place in places {
            (left, right) = (min(left, place.x), max(right, place.x))
            (top, bottom) = (min(top, place.y), max(bottom, place.y))
        }
        guard !places.isEmpty else { return }
        nodes.reserveCapacity(places.count * 3)
        nodes.append(
            Node(
                middleX: (left + right) / 2, middleY: (top + bottom) / 2,
                half: max(right - left, bottom - top, 1e-12) / 2, depth: 0))
        for place in places { insert(place) }
        for index in nodes.indices where nodes[index].count > 0 {
            nodes[index].x /= nodes[index].count
            nodes[index].y /= nodes[index].count
        }
    }

    /// Sums are kept in `x` and `y` until all points are in.
    private mutating func insert(_ place: PlanePoint) {
        var index = 0
        while true {
            let isOccupied = nodes[index].count > 0
            if nodes[index].children == 0, isOccupied, nodes[index].depth < Self.maximumDepth { divide(index) }
            nodes[index].count += 1
            nodes[index].x += place.x
            nodes[index].y += place.y
            guard nodes[index].children != 0 else { return }
            index = child(of: index, at: place.x, place.y)
        }
    }

    private func child(of index: Int, at x: Double, _ y: Double) -> Int {
        let node = nodes[index]
        return Int(node.children) + (x > node.middleX ? 1 : 0) + (y > node.middleY ? 2 : 0)
    }

    /// A leaf holds one point, or equal ones when it is too deep to divide; it moves to a child.
    private mutating func divide(_ index: Int) {
        let node = nodes[index]
        nodes[index].children = Int32(nodes.count)
        let half = node.half / 2
        for quarter in 0..<4 {
            nodes.append(
                Node(
                    middleX: node.middleX + (quarter & 1 == 1 ? half : -half),
                    middleY: node.middleY + (quarter & 2 == 2 ? half : -half), half: half, depth: node.depth + 1))
        }
        let target = child(of: index, at: node.x / node.count, node.y / node.count)
        nodes[target].count = node.count
        nodes[target].x = node.x
        nodes[target].y = node.y
    }

    /// What pushes each point away from all others, and the sum of all kernels.
    func repulsion(at places: [PlanePoint], theta: Double) -> (pushes: [PlanePoint], total: Double) {
        var total = 0.0
        var stack: [Int32] = []
        let pushes = nodes.withUnsafeBufferPointer { nodes in
            places.map { Self.push(on: $0, nodes, theta * theta, &total, &stack) }
        }
        return (pushes, max(total, .leastNormalMagnitude))
    }

    @inline(__always)
    private static func push(
        on place: PlanePoint, _ nodes: UnsafeBufferPointer<Node>, _ squaredTheta: Double, _ total: inout Double,
        _ stack: inout [Int32]
    ) -> PlanePoint {
        var sum = PlanePoint(x: 0, y: 0)
        stack.append(0)
        while let index = stack.popLast() {
            let node = nodes[Int(index)]
            let (dx, dy) = (place.x - node.x, place.y - node.y)
            let square = dx * dx + dy * dy
            let side = node.half * 2
            if node.children == 0 || side * side < squaredTheta * square {
                // The point itself is in the nearest leaf; it pushes by 0, and its kernel is 1.
                let kernel = 1 / (1 + square)
                total += node.count * kernel - (node.children == 0 && square == 0 ? 1 : 0)
                let force = node.count * kernel * kernel
                sum.x += force * dx
                sum.y += force * dy
            } else {
                for child in node.children..<node.children + 4 where nodes[Int(child)].count > 0 { stack.append(child) }
            }
        }
        return sum
    }
}
