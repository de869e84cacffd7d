extension GramMatrix {
    /// A number that is equal for equal matrices, whatever the order in which lists were added and taken away.
    public var digest: UInt64 { digest { UInt64($0) } }

    /// A number that is equal for equal matrices even when their items are numbered differently.
    ///
    /// The sum of `value × mix(key of row + key of column)` over all entries of the lower triangle, modulo 2⁶⁴. It is computed from the
    /// values and not kept along with them, so it also notices a value that was damaged.
    ///
    /// - Parameter key: A stable number for each item index, such as its identifier at the site.
    /// - Complexity: O(items²): about 0.1 s for 12,000 items.
    public func digest(key: (Int) -> UInt64) -> UInt64 {
        let keys = rows.indices.map { mixed(key($0)) }
        return keys.withUnsafeBufferPointer { keys in
            var sum: UInt64 = 0
            for (index, row) in rows.enumerated() {
                guard let values = row?.values else { continue }
                sum &+= Self.digest(of: values, key: keys[index], keys: keys)
            }
            return sum
        }
    }

    private static func digest(
        of values: UnsafeMutableBufferPointer<Int32>, key: UInt64, keys: UnsafeBufferPointer<UInt64>
    ) -> UInt64 {
        var sum: UInt64 = 0
        for column in 0..<values.count where values[column] != 0 {
            sum &+= UInt64(truncatingIfNeeded: values[column]) &* mixed(key &+ keys[column])
        }
        return sum
    }
}
