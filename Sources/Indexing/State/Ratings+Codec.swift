import Recommender
import Storage

extension Ratings {
    /// Rows of the Gram matrix in one chunk: a change of one list touches few of them.
    static let rowsPerChunk = 16

    /// The matrix, `rowsPerChunk` rows a chunk.
    func gramChunks(_ stored: StoredRows) -> [IndexChunk] {
        stored.chunks(of: gram.itemCount, rowsPerChunk: Self.rowsPerChunk, changed: gram.changedRows) { rows in
            var chunk = PackedBytes()
            for row in rows { chunk.write(gram.encodedRow(row)) }
            return chunk.bytes
        }
    }

    /// The keys that leaves begin with, and how many people each has.
    var leafChunks: [[UInt8]] {
        var bytes = PackedBytes()
        for leaf in lists.leaves {
            bytes.write(Array(leaf.first.utf8))
            bytes.write(UInt32(clamping: leaf.userCount))
        }
        return Chunks.cut(bytes.bytes)
    }

    /// The numbers of entries, which anime each belongs to, and how many lists have it.
    var entryChunks: [[UInt8]] {
        var bytes = PackedBytes()
        for (number, name) in entries.names.enumerated() {
            bytes.write(Array(name.utf8))
            bytes.write(number < animeOfEntry.count ? animeOfEntry[number] : -1)
            bytes.write(number < listCounts.count ? listCounts[number] : 0)
        }
        return Chunks.cut(bytes.bytes)
    }

    /// Puts back what the three above wrote.
    ///
    /// - Parameter listHashes: What the leaves are stored under.
    init(gramChunks: [[UInt8]], leafChunks: [[UInt8]], listHashes: [String], entryChunks: [[UInt8]]) throws {
        var names: [String] = []
        var (animeOfEntry, listCounts): ([Int32], [Int32]) = ([], [])
        var bytes = PackedBytes(Chunks.join(entryChunks))
        while !bytes.isAtEnd {
            guard let name = bytes.readBlock(), let row = bytes.read(Int32.self), let count = bytes.read(Int32.self)
            else { throw IndexError.corrupt("entries") }
            names.append(String(decoding: name, as: UTF8.self))
            animeOfEntry.append(row)
            listCounts.append(count)
        }
        self.init(
            entries: Registry(names: names), animeOfEntry: animeOfEntry, listCounts: listCounts,
            lists: try Self.lists(leafChunks, listHashes), gram: try Self.gram(gramChunks))
    }

    private static func gram(_ chunks: [[UInt8]]) throws -> GramMatrix {
        var gram = GramMatrix(lists: .balanced)
        for (index, chunk) in chunks.enumerated() {
            var bytes = PackedBytes(chunk)
            var row = index * rowsPerChunk
            while !bytes.isAtEnd {
                guard let encoded = bytes.readBlock() else { throw IndexError.corrupt("gram") }
                try gram.decodeRow(row, from: Array(encoded))
                row += 1
            }
        }
        return gram
    }

    private static func lists(_ chunks: [[UInt8]], _ hashes: [String]) throws -> ListBook {
        var bytes = PackedBytes(Chunks.join(chunks))
        let leaves = try hashes.map { hash in
            guard let first = bytes.readBlock(), let count = bytes.read(UInt32.self) else {
                throw IndexError.corrupt("leaves")
            }
            return (first: String(decoding: first, as: UTF8.self), userCount: Int(count), hash: hash)
        }
        guard bytes.isAtEnd else { throw IndexError.corrupt("leaves") }
        return ListBook(leaves: leaves)
    }
}
