extension GramMatrix {
    private static let format: UInt8 = 1
    /// No site has more anime; keeps a damaged row index from asking for all memory.
    private static let maximumItemCount = 1 << 20

    /// The bytes of one row of the lower triangle: a format byte, then for each value that is not zero the number of zeros before it
    /// and the value, both of variable length. About 2 bytes per value; an empty array stands for a row of zeros.
    ///
    /// - Precondition: `index` is less than `itemCount`.
    public func encodedRow(_ index: Int) -> [UInt8] {
        guard let values = rows[index]?.values else { return [] }
        var writer = ByteWriter()
        writer.bytes.reserveCapacity(values.count)
        writer.bytes.append(Self.format)
        var zeros: UInt64 = 0
        for value in values {
            guard value != 0 else {
                zeros += 1
                continue
            }
            writer.append(varint: zeros)
            writer.append(signed: Int64(value))
            zeros = 0
        }
        return writer.bytes.count == 1 ? [] : writer.bytes
    }

    /// Puts back a row written by `encodedRow(_:)`; it is not marked as changed.
    ///
    /// - Throws: `.corruptBytes` or `.unknownFormat`, and the matrix stays as it was.
    public mutating func decodeRow(_ index: Int, from bytes: [UInt8]) throws(RecommenderError) {
        guard (0..<Self.maximumItemCount).contains(index) else { throw RecommenderError(.itemOutOfRange, "\(index)") }
        guard !bytes.isEmpty else { return install(nil, at: index) }
        var reader = ByteReader(bytes)
        try reader.expectFormat(Self.format)
        let row = Row(count: index + 1)
        var column = 0
        while !reader.isAtEnd {
            column += try reader.count(atMost: index - min(column, index))
            guard column <= index, let value = Int32(exactly: try reader.signed()), value != 0 else {
                throw RecommenderError(.corruptBytes, "row \(index) of the Gram matrix, column \(column)")
            }
            row.values[column] = value
            column += 1
        }
        install(row, at: index)
    }
}
