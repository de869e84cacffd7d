/// The plain item–item matrix `Σ x·xᵀ` that published baselines are fitted to; the lower triangle, 4 bytes × items² ÷ 2.
///
/// `@unchecked Sendable`: lists are added by whoever made it, before it is handed to others.
public final class CoRatings: @unchecked Sendable {
    /// How many items there are.
    public let itemCount: Int
    private let values: UnsafeMutablePointer<Int32>

    /// Adds up lists.
    ///
    /// - Parameters:
    ///   - itemCount: How many items there are; the lists name no other.
    ///   - lists: Everybody's list.
    public init(itemCount: Int, _ lists: some Sequence<SparseVector>) {
        self.itemCount = itemCount
        let count = max(1, itemCount * (itemCount + 1) / 2)
        values = .allocate(capacity: count)
        values.initialize(repeating: 0, count: count)
        for list in lists { add(list) }
    }

    deinit { values.deallocate() }

    private func add(_ list: SparseVector) {
        list.items.withUnsafeBufferPointer { items in
            list.weights.withUnsafeBufferPointer { weights in
                for position in 0..<items.count {
                    let row = row(Int(items[position]))
                    for earlier in 0...position { row[Int(items[earlier])] += weights[position] * weights[earlier] }
                }
            }
        }
    }

    /// The values of a row up to its diagonal.
    func row(_ index: Int) -> UnsafeMutablePointer<Int32> { values + index * (index + 1) / 2 }

    /// An entry.
    public subscript(row: Int, column: Int) -> Int32 { self.row(max(row, column))[min(row, column)] }
}
