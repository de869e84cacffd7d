import Storage

/// What the rows of a part were stored under last, so that chunks of which no row has changed are not encoded anew.
struct StoredRows: Sendable {
    /// Of each chunk.
    var hashes: [String] = []
    /// How many rows there were.
    var count = 0

    /// The chunks of a part as it is now.
    ///
    /// - Parameters:
    ///   - count: How many rows it has.
    ///   - rowsPerChunk: The same as when it was stored.
    ///   - changed: Rows that are not what was stored.
    ///   - encoded: The bytes of a chunk with these rows.
    func chunks(
        of count: Int, rowsPerChunk: Int, changed: some Sequence<Int>, encoded: (Range<Int>) -> [UInt8]
    ) -> [IndexChunk] {
        let changed = Set(changed.map { $0 / rowsPerChunk })
        return stride(from: 0, to: count, by: rowsPerChunk).enumerated().map { chunk, first in
            let rows = first..<min(first + rowsPerChunk, count)
            let isStored = chunk < hashes.count && rows.upperBound <= self.count && !changed.contains(chunk)
            return isStored ? .stored(hashes[chunk]) : .bytes(encoded(rows))
        }
    }
}
