/// The nearest other points of each point, exactly, by comparing all pairs.
struct NearestPoints {
    /// `points × neighbours`, nearest first; of equally near ones the first.
    let indices: [Int32]
    /// The squared distances of the same places.
    let squaredDistances: [Double]
    /// Neighbours of each point.
    let count: Int

    init(_ points: DenseMatrix, count: Int) {
        let count = max(0, min(count, points.rowCount - 1))
        var indices = [Int32](repeating: 0, count: points.rowCount * count)
        var squares = [Double](repeating: 0, count: points.rowCount * count)
        self.count = count
        guard count > 0 else {
            (self.indices, squaredDistances) = ([], [])
            return
        }
        var nearest = BoundedNearest(capacity: count)
        points.values.withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return }
            let width = points.columnCount
            for row in 0..<points.rowCount {
                nearest.removeAll()
                for other in 0..<points.rowCount where other != row {
                    let square = Self.squaredDistance(base + row * width, base + other * width, width)
                    nearest.offer(square, Int32(other))
                }
                for (place, entry) in nearest.sorted.enumerated() {
                    indices[row * count + place] = entry.index
                    squares[row * count + place] = entry.square
                }
            }
        }
        self.indices = indices
        squaredDistances = squares
    }

    @inline(__always)
    private static func squaredDistance(_ left: UnsafePointer<Double>, _ right: UnsafePointer<Double>, _ count: Int)
        -> Double
    {
        var sums = SIMD4<Double>.zero
        var index = 0
        while index &+ 4 <= count {
            let difference =
                UnsafeRawPointer(left + index).loadUnaligned(as: SIMD4<Double>.self)
                - UnsafeRawPointer(right + index).loadUnaligned(as: SIMD4<Double>.self)
            sums += difference * difference
            index &+= 4
        }
        var sum = sums.sum()
        while index < count {
            sum += (left[index] - right[index]) * (left[index] - right[index])
            index &+= 1
        }
        return sum
    }
}

/// The least of many distances: a heap with the greatest of them at its top.
private struct BoundedNearest {
    private let capacity: Int
    private var heap: [(square: Double, index: Int32)] = []

    init(capacity: Int) { self.capacity = capacity }

    mutating func removeAll() { heap.removeAll(keepingCapacity: true) }

    var sorted: [(square: Double, index: Int32)] { heap.sorted { Self.isLess($0, $1) } }

    @inline(__always)
    mutating func offer(_ square: Double, _ index: Int32) {
        if heap.count < capacity {
            heap.append((square, index))
            var child = heap.count - 1
            while child > 0, Self.isLess(heap[(child - 1) / 2], heap[child]) {
                heap.swapAt(child, (child - 1) / 2)
                child = (child - 1) / 2
            }
        } else if square < heap[0].square {
            // Indices are offered in their order, so an equal distance never displaces an earlier one.
            heap[0] = (square, index)
            siftDown()
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            let left = 2 * parent + 1
            guard left < heap.count else { return }
            let right = left + 1
            let child = right < heap.count && Self.isLess(heap[left], heap[right]) ? right : left
            guard Self.isLess(heap[parent], heap[child]) else { return }
            heap.swapAt(parent, child)
            parent = child
        }
    }

    private static func isLess(_ a: (square: Double, index: Int32), _ b: (square: Double, index: Int32)) -> Bool {
        a.square < b.square || (a.square == b.square && a.index < b.index)
    }
}
