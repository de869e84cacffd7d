/// A dense symmetric matrix of floats that is inverted in place.
///
/// `@unchecked Sendable`: while it is inverted, each thread writes rows that no other thread was handed.
final class SymmetricInverse: @unchecked Sendable {
    /// Rows that are eliminated together.
    private static let blockWidth = 64
    /// Values of a row that are computed together.
    private static let tileWidth = 8
    let count: Int
    /// `count` rows of `stride` values; the lower triangle counts, until `invert` fills both.
    private let values: UnsafeMutablePointer<Float>
    private let stride: Int

    /// A matrix from its lower triangle.
    ///
    /// - Parameter fill: Writes the first `row + 1` values of a row.
    init(count: Int, fill: (_ row: Int, _ values: UnsafeMutablePointer<Float>) -> Void) {
        self.count = count
        stride = (count + Self.tileWidth - 1) / Self.tileWidth * Self.tileWidth
        values = .allocate(capacity: max(1, count * stride))
        values.initialize(repeating: 0, count: max(1, count * stride))
        for row in 0..<count { fill(row, values + row * stride) }
    }

    deinit { values.deallocate() }

    /// A row; whole only after `invert`.
    func row(_ index: Int) -> UnsafePointer<Float> { UnsafePointer(values + index * stride) }

    /// Replaces a positive definite matrix by its inverse, by sweeping block after block.
    ///
    /// Half the work of a general inverse, for only the lower triangle is kept up, and nearly all of it products of a panel with its
    /// mirror image. Needs no pivoting, as the matrix is positive definite.
    ///
    /// Source: Goodnight, "A Tutorial on the SWEEP Operator", The American Statistician 33(3), 1979.
    ///
    /// - Returns: Whether it was positive definite; the values mean nothing if not.
    /// - Complexity: O(count³ ÷ 2) multiplications.
    func invert(threads: Int = 1) -> Bool {
        let panel = Panel(rows: count, width: Self.blockWidth, stride: stride)
        for first in Swift.stride(from: 0, to: count, by: Self.blockWidth) {
            let block = first..<min(first + Self.blockWidth, count)
            guard let pivot = invertedBlock(block) else { return false }
            gather(block, pivot, into: panel)
            eliminate(block, panel, threads: threads)
            scatter(block, pivot, panel)
        }
        for row in 0..<count {
            for column in 0...row {
                let value = -values[row * stride + column]
                values[row * stride + column] = value
                values[column * stride + row] = value
            }
        }
        return true
    }

    /// The columns of a block (`raw`, tile after tile) and the same times the inverse of the pivot (`scaled`, row after row).
    private final class Panel: @unchecked Sendable {
        let width: Int
        let raw: UnsafeMutablePointer<Float>
        let scaled: UnsafeMutablePointer<Float>

        init(rows: Int, width: Int, stride: Int) {
            self.width = width
            raw = .allocate(capacity: max(1, stride * width))
            raw.initialize(repeating: 0, count: max(1, stride * width))
            scaled = .allocate(capacity: max(1, rows * width))
            scaled.initialize(repeating: 0, count: max(1, rows * width))
        }

        deinit {
            raw.deallocate()
            scaled.deallocate()
        }
    }

    /// The inverse of a diagonal block, row after row; nil when it is not positive definite.
    private func invertedBlock(_ block: Range<Int>) -> [Double]? {
        let size = block.count
        var square = (0..<size).flatMap { row in
            (0..<size).map { column in
                Double(values[(block.lowerBound + max(row, column)) * stride + block.lowerBound + min(row, column)])
            }
        }
        for pivot in 0..<size {
            let value = square[pivot * size + pivot]
            guard value > 0 else { return nil }
            for row in 0..<size where row != pivot {
                let factor = square[row * size + pivot] / value
                for column in 0..<size where column != pivot {
                    square[row * size + column] -= factor * square[pivot * size + column]
                }
                square[row * size + pivot] = -factor
            }
            for column in 0..<size where column != pivot { square[pivot * size + column] /= value }
            square[pivot * size + pivot] = 1 / value
        }
        return square
    }

    private func gather(_ block: Range<Int>, _ pivot: [Double], into panel: Panel) {
        let (width, tile) = (panel.width, Self.tileWidth)
        panel.raw.update(repeating: 0, count: stride * width)
        var line = Array(repeating: 0.0, count: block.count)
        for row in 0..<count where !block.contains(row) {
            for (offset, column) in block.enumerated() {
                let value = values[max(row, column) * stride + min(row, column)]
                line[offset] = Double(value)
                panel.raw[(row / tile * width + offset) * tile + row % tile] = value
            }
            for target in 0..<block.count {
                var sum = 0.0
                for source in 0..<block.count { sum += line[source] * pivot[source * block.count + target] }
                panel.scaled[row * width + target] = Float(sum)
            }
        }
    }

    /// `A_ij −= W_i · R_j` for all rows and columns outside the block, four rows at a time.
    private func eliminate(_ block: Range<Int>, _ panel: Panel, threads: Int) {
        let groups = (count + 3) / 4
        let width = block.count
        forEachParallel(count: groups, threads: threads) { [self] next in
            while let taken = next() {
                // The longest rows first, so that threads end together.
                let rows = (groups - 1 - taken) * 4..<min((groups - taken) * 4, count)
                if rows.allSatisfy(block.contains) { continue }
                rows.count == 4
                    ? update(rows.lowerBound, panel, width) : rows.forEach { updateOne($0, panel, width) }
            }
        }
    }

    private func update(_ row: Int, _ panel: Panel, _ width: Int) {
        let weights = panel.scaled + row * panel.width
        let (w1, w2, w3) = (weights + panel.width, weights + 2 * panel.width, weights + 3 * panel.width)
        let target = values + row * stride
        for tile in 0...((row + 3) / Self.tileWidth) {
            let raw = UnsafeMutableRawPointer(panel.raw + tile * panel.width * Self.tileWidth)
            var (s0, s1, s2, s3) = (SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>())
            for place in 0..<width {
                let values = raw.loadUnaligned(fromByteOffset: place * 32, as: SIMD8<Float>.self)
                s0 += values * weights[place]
                s1 += values * w1[place]
                s2 += values * w2[place]
                s3 += values * w3[place]
            }
            let offset = tile * Self.tileWidth
            subtract(s0, from: target + offset)
            subtract(s1, from: target + stride + offset)
            subtract(s2, from: target + 2 * stride + offset)
            subtract(s3, from: target + 3 * stride + offset)
        }
    }

    private func updateOne(_ row: Int, _ panel: Panel, _ width: Int) {
        for column in 0...row {
            let raw = panel.raw + (column / Self.tileWidth * panel.width) * Self.tileWidth + column % Self.tileWidth
            var sum: Float = 0
            for place in 0..<width { sum += panel.scaled[row * panel.width + place] * raw[place * Self.tileWidth] }
            values[row * stride + column] -= sum
        }
    }

    @inline(__always)
    private func subtract(_ sum: SIMD8<Float>, from target: UnsafeMutablePointer<Float>) {
        let raw = UnsafeMutableRawPointer(target)
        let old = raw.loadUnaligned(as: SIMD8<Float>.self)
        raw.storeBytes(of: old - sum, as: SIMD8<Float>.self)
    }

    /// Puts the panel in the place of the block's columns, and the pivot's negative inverse in its own.
    private func scatter(_ block: Range<Int>, _ pivot: [Double], _ panel: Panel) {
        for row in 0..<count where !block.contains(row) {
            for (offset, column) in block.enumerated() {
                values[max(row, column) * stride + min(row, column)] = panel.scaled[row * panel.width + offset]
            }
        }
        for (offset, row) in block.enumerated() {
            for (other, column) in block.enumerated() where column <= row {
                values[row * stride + column] = -Float(pivot[offset * block.count + other])
            }
        }
    }
}
