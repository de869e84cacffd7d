import Foundation

/// People's ratings as sparse rows, read from a spool as often as they are needed.
struct RatingMatrix: ~Copyable {
    private let descriptor: Int32
    /// The keys of the columns.
    let items: [String]
    /// Where each of the spool's columns is.
    private let places: [Int32]
    /// How many ratings there are up to the end of each row.
    let ends: [Int]

    init(descriptor: Int32, items: [String], places: [Int32], ends: [Int]) {
        (self.descriptor, self.items, self.places, self.ends) = (descriptor, items, places, ends)
    }

    deinit { close(descriptor) }

    /// How many ratings there are.
    var count: Int { ends.last ?? 0 }

    /// Calls `body` with each row, its ratings in the order of columns.
    func forEachRow(_ body: (_ row: Int, [(column: Int32, score: UInt8)]) throws(ExportError) -> Void)
        throws(ExportError)
    {
        var start = 0
        var bytes: [UInt8] = []
        for (row, end) in ends.enumerated() {
            bytes = try read((end - start) * RatingSpool.width, at: start * RatingSpool.width)
            var ratings: [(column: Int32, score: UInt8)] = []
            ratings.reserveCapacity(end - start)
            for place in stride(from: 0, to: bytes.count, by: RatingSpool.width) {
                let column = (0..<4).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
                ratings.append((places[column], bytes[place + 4]))
            }
            ratings.sort { $0.column < $1.column }
            try body(row, ratings)
            start = end
        }
    }

    private func read(_ count: Int, at offset: Int) throws(ExportError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress?.advanced(by: done), count - done, off_t(offset + done))
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { throw RatingSpool.failure() }
            done += got
        }
        return bytes
    }

    /// Writes the matrix.
    func write(_ format: MatrixFormat, to file: OutputFile) throws(ExportError) {
        switch format {
        case .npz: try writeNPZ(to: file)
        case .mtx: try writeMatrixMarket(to: file)
        }
    }

    /// Source: NIST, "The Matrix Market Exchange Formats": coordinates count from 1.
    private func writeMatrixMarket(to file: OutputFile) throws(ExportError) {
        try file.write(
            "%%MatrixMarket matrix coordinate integer general\n% rows: people; columns: entries; values: scores\n")
        try file.write("\(ends.count) \(items.count) \(count)\n")
        try forEachRow { (row, ratings) throws(ExportError) in
            var text = ""
            for (column, score) in ratings { text += "\(row + 1) \(column + 1) \(score)\n" }
            try file.write(text)
        }
    }

    /// The arrays of scipy's compressed sparse rows, each an entry of a ZIP archive. Scores are 32-bit floats: sums of 8-bit numbers, as in
    /// `X.T @ X`, would overflow unnoticed.
    private func writeNPZ(to file: OutputFile) throws(ExportError) {
        guard count <= Int(Int32.max) else {
            throw ExportError(.form, "\(file.name): \(count) ratings; npz is written up to \(Int32.max), use mtx")
        }
        var archive = ZIPArchive(file)
        try archive.add("format.npy", NPYArray(.bytes(3), shape: []).header + Array("csr".utf8))
        try archive.add(
            "shape.npy",
            NPYArray(.int64, shape: [2]).header + Self.bytes(Int64(ends.count)) + Self.bytes(Int64(items.count)))
        try archive.begin("indptr.npy")
        try archive.write(NPYArray(.int32, shape: [ends.count + 1]).header + Self.bytes(Int32(0)))
        try archive.write(Self.bytes(ends.map { Int32(truncatingIfNeeded: $0).littleEndian }))
        try archive.end()
        try archive.begin("indices.npy")
        try archive.write(NPYArray(.int32, shape: [count]).header)
        try forEachRow { (_, ratings) throws(ExportError) in
            try archive.write(Self.bytes(ratings.map(\.column.littleEndian)))
        }
        try archive.end()
        try archive.begin("data.npy")
        try archive.write(NPYArray(.float32, shape: [count]).header)
        try forEachRow { (_, ratings) throws(ExportError) in
            try archive.write(Self.bytes(ratings.map { Float($0.score).bitPattern.littleEndian }))
        }
        try archive.end()
        try archive.finish()
    }

    private static func bytes(_ values: [some FixedWidthInteger]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }

    private static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}
