/// What item weights are computed from: every `G'_ij` of a ``GramView``, rounded to 8 significant bits, as a whole square matrix.
///
/// Rounded once, here, and for good: a large entry that a few lists more or less change by less than its last bit stays as it is, so the
/// weights that depend on it stay valid too; and the result is still a pure function of the Gram matrix. A row is contiguous, so columns
/// and the parts of them that a solver needs are read in order. 2 bytes × items²: 288 MB at 12,000 items.
///
/// `@unchecked Sendable`: `update` is called by one thread and hands each row's lower part, with its mirror image, to one thread alone;
/// everybody else only reads, between two updates.
final class SolverMatrix: @unchecked Sendable {
    /// The number of items, that is of rows and of columns.
    private(set) var itemCount = 0
    /// Values from one row to the next.
    private var stride = 0
    private var memory: LargePages
    private var values: UnsafeMutablePointer<UInt16>

    init() { (memory, values) = Self.memory(stride: 1) }

    private static func memory(stride: Int) -> (LargePages, UnsafeMutablePointer<UInt16>) {
        let memory = LargePages(byteCount: stride * stride * MemoryLayout<UInt16>.stride)
        return (memory, memory.base.bindMemory(to: UInt16.self, capacity: stride * stride))
    }

    /// A value as it is kept: the upper half of its bits, rounded to the nearest, of two equally near ones to the even one.
    @inline(__always)
    static func stored(_ value: Float) -> UInt16 {
        let bits = value.bitPattern
        return UInt16(truncatingIfNeeded: (bits &+ 0x7FFF &+ ((bits >> 16) & 1)) >> 16)
    }

    /// The value that was kept.
    @inline(__always)
    static func value(_ stored: UInt16) -> Float { Float(bitPattern: UInt32(stored) << 16) }

    /// A row, equal to the column of the same number.
    @inline(__always)
    func row(_ index: Int) -> UnsafePointer<UInt16> { UnsafePointer(values + index * stride) }

    /// An entry.
    @inline(__always)
    subscript(row: Int, column: Int) -> Float { Self.value(values[row * stride + column]) }

    /// Takes over the values of a view, which has not fewer items than the last one.
    ///
    /// - Returns: Which entries are not what they were.
    func update(from view: GramView, threads: Int) -> EntryChanges {
        grow(to: view.itemCount)
        let count = itemCount
        let changes = EntryChanges(count: count)
        let blocks = (count + Self.blockHeight - 1) / Self.blockHeight
        // From the end: the last rows of a triangle are the longest.
        forEachParallel(count: blocks, threads: threads) { next in
            let fresh = UnsafeMutablePointer<UInt16>.allocate(capacity: max(Self.blockHeight * count, 1))
            let row = UnsafeMutablePointer<Float>.allocate(capacity: max(count, 1))
            defer {
                fresh.deallocate()
                row.deallocate()
            }
            while let number = next() {
                let first = (blocks - 1 - number) * Self.blockHeight
                self.update(first..<min(first + Self.blockHeight, count), from: view, changes, fresh: fresh, row: row)
            }
        }
        return changes
    }

    /// Rows written together: their mirror images lie side by side.
    private static let blockHeight = 32

    private func update(
        _ rows: Range<Int>, from view: GramView, _ changes: EntryChanges, fresh: UnsafeMutablePointer<UInt16>,
        row: UnsafeMutablePointer<Float>
    ) {
        var isChanged = false
        for index in rows {
            let target = fresh + (index - rows.lowerBound) * itemCount
            view.copyLowerRow(index, to: row)
            for column in 0...index { target[column] = Self.stored(row[column]) }
            if changes.note(row: index, old: values + index * stride, new: target) { isChanged = true }
        }
        guard isChanged else { return }
        for index in rows {
            (values + index * stride).update(from: fresh + (index - rows.lowerBound) * itemCount, count: index + 1)
        }
        for column in 0..<rows.upperBound {
            let mirror = values + column * stride
            for index in max(column + 1, rows.lowerBound)..<max(rows.upperBound, column + 1) {
                mirror[index] = fresh[(index - rows.lowerBound) * itemCount + column]
            }
        }
    }

    private func grow(to count: Int) {
        precondition(count >= itemCount, "items are never taken away")
        if count > stride {
            // Room for some more, so that not every new anime moves everything.
            let wider = (count + count / 32 + 63) / 64 * 64
            let (roomier, moved) = Self.memory(stride: wider)
            for index in 0..<itemCount {
                (moved + index * wider).update(from: values + index * stride, count: itemCount)
                // Not both at once.
                memory.release(before: (index + 1) * stride * MemoryLayout<UInt16>.stride)
            }
            (memory, values, stride) = (roomier, moved, wider)
        }
        for index in 0..<itemCount {
            (values + index * stride + itemCount).update(repeating: 0, count: count - itemCount)
        }
        for index in itemCount..<count { (values + index * stride).update(repeating: 0, count: count) }
        itemCount = count
    }
}
