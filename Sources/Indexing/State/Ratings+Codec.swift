import Recommender

extension Ratings {
    /// Rows of the Gram matrix in one chunk: a change of one list touches few of them.
    private static let rowsPerChunk = 16
    /// Lists are spread over this many chunks by their key.
    private static let buckets = 256

    /// The matrix, `rowsPerChunk` rows a chunk.
    var gramChunks: [[UInt8]] {
        stride(from: 0, to: gram.itemCount, by: Self.rowsPerChunk).map { first in
            var chunk = PackedBytes()
            for row in first..<min(first + Self.rowsPerChunk, gram.itemCount) { chunk.write(gram.encodedRow(row)) }
            return chunk.bytes
        }
    }

    /// Everybody's list; a person is always in the same chunk.
    var listChunks: [[UInt8]] {
        var chunks = Array(repeating: PackedBytes(), count: Self.buckets)
        for (user, list) in lists.sorted(by: { $0.key < $1.key }) {
            let bucket = Self.bucket(of: user)
            chunks[bucket].write(Array(user.utf8))
            chunks[bucket].write(UInt32(clamping: list.count))
            for row in list {
                chunks[bucket].write(row.entry)
                chunks[bucket].write(row.score)
                chunks[bucket].write(Self.code(of: row.status))
            }
        }
        return chunks.map(\.bytes)
    }

    /// The numbers of entries and which anime each belongs to.
    var entryChunks: [[UInt8]] {
        var bytes = PackedBytes()
        for (number, name) in entries.names.enumerated() {
            bytes.write(Array(name.utf8))
            bytes.write(number < animeOfEntry.count ? animeOfEntry[number] : -1)
        }
        return Chunks.cut(bytes.bytes)
    }

    /// Puts back what the three above wrote.
    init(gramChunks: [[UInt8]], listChunks: [[UInt8]], entryChunks: [[UInt8]]) throws {
        var names: [String] = []
        var animeOfEntry: [Int32] = []
        var bytes = PackedBytes(Chunks.join(entryChunks))
        while !bytes.isAtEnd {
            guard let name = bytes.readBlock(), let row = bytes.read(Int32.self) else {
                throw IndexError.corrupt("entries")
            }
            names.append(String(decoding: name, as: UTF8.self))
            animeOfEntry.append(row)
        }
        self.init(
            entries: Registry(names: names), animeOfEntry: animeOfEntry, lists: try Self.lists(listChunks),
            gram: try Self.gram(gramChunks))
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

    private static func lists(_ chunks: [[UInt8]]) throws -> [String: EntryList] {
        var lists: [String: EntryList] = [:]
        for chunk in chunks {
            var bytes = PackedBytes(chunk)
            while !bytes.isAtEnd {
                guard let key = bytes.readBlock(), let count = bytes.read(UInt32.self) else {
                    throw IndexError.corrupt("lists")
                }
                lists[String(decoding: key, as: UTF8.self)] = try (0..<count).map { _ in try listedEntry(&bytes) }
            }
        }
        return lists
    }

    private static func listedEntry(_ bytes: inout PackedBytes) throws -> ListedEntry {
        guard let entry = bytes.read(Int32.self), let score = bytes.read(UInt8.self), let code = bytes.read(UInt8.self)
        else { throw IndexError.corrupt("lists") }
        return ListedEntry(entry: entry, score: score, status: status(of: code))
    }

    /// FNV-1a: where a person is kept must not change from one run to the next.
    private static func bucket(of user: String) -> Int {
        let hash = user.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return Int(hash % UInt64(buckets))
    }

    private static func code(of status: PreferenceWeights.Status?) -> UInt8 {
        status.flatMap { PreferenceWeights.Status.allCases.firstIndex(of: $0) }.map { UInt8($0 + 1) } ?? 0
    }

    private static func status(of code: UInt8) -> PreferenceWeights.Status? {
        let all = PreferenceWeights.Status.allCases
        return code > 0 && code <= all.count ? all[Int(code) - 1] : nil
    }
}
