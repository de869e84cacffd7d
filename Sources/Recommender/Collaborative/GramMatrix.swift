/// The exact integer item–item matrix `G = Σ s·x·xᵀ` over everybody's lists `x`, each counted `s` times.
///
/// A changed list is "subtract the old, add the new"; since the sums are integers, the result has the very bytes of a rebuild. The lower
/// triangle is stored, a row per item, allocated when the item first has a rating: 4 bytes × items² ÷ 2, so 288 MB at 12,000 items.
/// Copies share rows until one of them changes, so a solver can read a snapshot while changes go on.
///
/// An entry holds up to 2³¹ − 1: 59 million people who all give two anime a weight of 6, or with balanced lists 2.7 million who like just
/// these two, and more than 6 million whose lists have 30 anime or more.
public struct GramMatrix: Sendable {
    /// One row of the lower triangle.
    ///
    /// `@unchecked Sendable`: values are written only through `GramMatrix`, and only while it holds the sole reference.
    final class Row: @unchecked Sendable {
        let values: UnsafeMutableBufferPointer<Int32>

        init(count: Int) {
            values = .allocate(capacity: count)
            values.initialize(repeating: 0)
        }

        init(copying other: Row) {
            values = .allocate(capacity: other.values.count)
            _ = values.initialize(fromContentsOf: other.values)
        }

        deinit { values.deallocate() }
    }

    /// How often each list counts.
    public let lists: ListWeighting
    /// Row `i` has `i + 1` values; nil stands for zeros.
    private(set) var rows: [Row?]
    /// Rows of the lower triangle changed since `clearChangedRows()`, one flag each.
    private var changed: [Bool]

    /// Makes a matrix of zeros.
    public init(itemCount: Int = 0, lists: ListWeighting = .equal) {
        self.lists = lists
        rows = Array(repeating: nil, count: itemCount)
        changed = Array(repeating: false, count: itemCount)
    }

    /// The number of items, that is of rows and of columns.
    public var itemCount: Int { rows.count }

    /// What an entry is multiplied with to be in the unit of squared weights of lists, whatever the weighting.
    public var unit: Float { lists.unit }

    /// Appends items that nobody has rated yet; does nothing when there are already as many.
    public mutating func grow(toItemCount count: Int) {
        guard count > rows.count else { return }
        rows.append(contentsOf: repeatElement(nil, count: count - rows.count))
        changed.append(contentsOf: repeatElement(false, count: count - changed.count))
    }

    /// Adds a person's list; the matrix grows when the list names a new item.
    ///
    /// - Complexity: O(k²) for a list of k items.
    public mutating func add(_ vector: SparseVector) { accumulate(vector, sign: 1) }

    /// Takes a person's list away again: the exact inverse of `add(_:)`.
    public mutating func subtract(_ vector: SparseVector) { accumulate(vector, sign: -1) }

    /// Exchanges a person's old list for the new one, touching nothing when they are equal.
    public mutating func replace(_ old: SparseVector, with new: SparseVector) {
        guard old != new else { return }
        subtract(old)
        add(new)
    }

    /// Adds to one entry and its mirror image; for side information, whose rows are not lists.
    public mutating func add(_ value: Int32, at row: Int, _ column: Int) {
        guard value != 0 else { return }
        let (greater, smaller) = row > column ? (row, column) : (column, row)
        grow(toItemCount: greater + 1)
        writableRow(greater)[smaller] += value
    }

    private mutating func accumulate(_ vector: SparseVector, sign: Int32) {
        guard let last = vector.items.last else { return }
        grow(toItemCount: Int(last) + 1)
        let factor = lists.weight(of: vector) * sign
        vector.items.withUnsafeBufferPointer { items in
            vector.weights.withUnsafeBufferPointer { weights in
                for position in 0..<items.count {
                    let row = writableRow(Int(items[position]))
                    let weight = weights[position] * factor
                    for earlier in 0...position { row[Int(items[earlier])] += weight * weights[earlier] }
                }
            }
        }
    }

    /// The values of a row that nobody else holds, marked as changed.
    private mutating func writableRow(_ index: Int) -> UnsafeMutableBufferPointer<Int32> {
        changed[index] = true
        // Asked before anything else holds the row.
        if isKnownUniquelyReferenced(&rows[index]), let row = rows[index] { return row.values }
        let row = rows[index].map(Row.init(copying:)) ?? Row(count: index + 1)
        rows[index] = row
        return row.values
    }

    /// An entry; 0 for an item beyond the last.
    public subscript(row: Int, column: Int) -> Int32 {
        let (greater, smaller) = row > column ? (row, column) : (column, row)
        guard greater < rows.count, let values = rows[greater]?.values else { return 0 }
        return values[smaller]
    }

    /// `G_ii` of every item: the sum of its squared weights.
    public var diagonal: [Int32] { rows.indices.map { self[$0, $0] } }

    /// How strongly each item is rated: `G_ii` in the unit of squared weights of lists.
    public var support: [Float] { diagonal.map { Float($0) * unit } }

    /// A whole row (or column: the matrix is symmetric), one value per item.
    public func row(_ index: Int) -> [Int32] {
        guard index < rows.count else { return [] }
        var values: [Int32] = rows[index].map { Array($0.values) } ?? Array(repeating: 0, count: index + 1)
        values.reserveCapacity(rows.count)
        for later in (index + 1)..<max(rows.count, index + 1) { values.append(rows[later]?.values[index] ?? 0) }
        return values
    }

    /// The indices of the rows of the lower triangle that changed since `clearChangedRows()`, ascending: what is to be persisted.
    public var changedRows: [Int] { changed.indices.filter { changed[$0] } }

    /// Forgets which rows changed, after they were persisted.
    public mutating func clearChangedRows() {
        for index in changed.indices { changed[index] = false }
    }

    /// Puts a decoded row in place, without marking it as changed.
    mutating func install(_ row: Row?, at index: Int) {
        grow(toItemCount: index + 1)
        rows[index] = row
    }
}

extension GramMatrix: Equatable {
    /// Whether every entry is equal; items without any rating at the end make no difference.
    public static func == (left: GramMatrix, right: GramMatrix) -> Bool {
        for index in 0..<max(left.itemCount, right.itemCount) where !rowsAreEqual(left, right, index) { return false }
        return true
    }

    private static func rowsAreEqual(_ left: GramMatrix, _ right: GramMatrix, _ index: Int) -> Bool {
        let a = index < left.itemCount ? left.rows[index] : nil
        let b = index < right.itemCount ? right.rows[index] : nil
        switch (a, b) {
        case (nil, nil): return true
        case (let a?, let b?): return a === b || a.values.elementsEqual(b.values)
        case (let one?, nil), (nil, let one?): return one.values.allSatisfy { $0 == 0 }
        }
    }
}
