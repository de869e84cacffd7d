extension ItemWeights {
    private static let format: UInt8 = 2
    private static let maximumItemCount = 1 << 20

    /// The model as bytes: a format byte, the number of items, per column the number of weights and for each the distance from the item
    /// before it and the weight's 32 bits; then the number of supports, and 32 bits for each.
    public func encoded() -> [UInt8] {
        var writer = ByteWriter()
        writer.bytes.reserveCapacity(itemCount + weightCount * 6)
        writer.bytes.append(Self.format)
        writer.append(varint: UInt64(itemCount))
        for line in 0..<columns.lineCount {
            let range = columns.range(line)
            writer.append(varint: UInt64(range.count))
            var next: Int32 = 0
            for position in range {
                writer.append(varint: UInt64(columns.items[position] - next))
                writer.append(columns.values[position].bitPattern)
                next = columns.items[position] + 1
            }
        }
        writer.append(varint: UInt64(support.count))
        for value in support { writer.append(value.bitPattern) }
        return writer.bytes
    }

    /// Reads what `encoded()` wrote.
    ///
    /// - Throws: `.corruptBytes` or `.unknownFormat`.
    public init(decoding bytes: [UInt8]) throws(RecommenderError) {
        var reader = ByteReader(bytes)
        try reader.expectFormat(Self.format)
        let count = try reader.count(atMost: min(Self.maximumItemCount, reader.remaining))
        var starts: [Int32] = [0]
        var all = SparseColumn()
        starts.reserveCapacity(count + 1)
        all.items.reserveCapacity(reader.remaining / Self.usualBytes)
        all.weights.reserveCapacity(reader.remaining / Self.usualBytes)
        for _ in 0..<count {
            try Self.readColumn(&reader, itemCount: count, to: &all)
            starts.append(Int32(all.items.count))
        }
        let support = try Self.readSupport(&reader, itemCount: count)
        guard reader.isAtEnd else { throw RecommenderError(.corruptBytes, "bytes after the last item's support") }
        let columns = CompressedMatrix(starts: starts, items: all.items, values: all.weights)
        self.init(itemCount: count, columns: columns, support: support)
    }

    private static func readSupport(_ reader: inout ByteReader, itemCount: Int) throws(RecommenderError) -> [Float] {
        let count = try reader.count(atMost: itemCount)
        guard count == 0 || count == itemCount else {
            throw RecommenderError(.corruptBytes, "the support of \(count) of \(itemCount) items")
        }
        var support: [Float] = []
        support.reserveCapacity(count)
        for item in 0..<count {
            let value = Float(bitPattern: try reader.uint32())
            guard value.isFinite, value >= 0 else {
                throw RecommenderError(.corruptBytes, "item \(item), support \(value)")
            }
            support.append(value)
        }
        return support
    }

    /// How long a weight is at least: one byte for the distance, four for the value.
    private static let usualBytes = 5

    private static func readColumn(
        _ reader: inout ByteReader, itemCount: Int, to column: inout SparseColumn
    ) throws(RecommenderError) {
        var next = 0
        for _ in 0..<(try reader.count(atMost: itemCount)) {
            let item = next + (try reader.count(atMost: itemCount))
            let weight = Float(bitPattern: try reader.uint32())
            guard item < itemCount, weight.isFinite, weight > 0 else {
                throw RecommenderError(
                    .corruptBytes, "item \(item), weight \(weight) in a column of \(itemCount) items")
            }
            column.items.append(Int32(item))
            column.weights.append(weight)
            next = item + 1
        }
    }

    /// A number that is equal for equal models.
    public var digest: UInt64 {
        encoded().reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
