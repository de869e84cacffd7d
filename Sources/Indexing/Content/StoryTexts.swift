import Recommender
import Storage

/// The terms of every anime's descriptions, with exact statistics over all of them.
struct StoryTexts: Sendable {
    /// Rows in one chunk.
    private static let rowsPerChunk = 64

    /// Row → terms, in the order of the text; empty where there is no text.
    private(set) var terms: [[String]] = []
    private(set) var statistics = TermStatistics()

    /// No texts.
    init() {}

    /// Replaces an anime's terms.
    ///
    /// - Returns: Whether they differ.
    @discardableResult
    mutating func set(_ new: [String], at row: Int32) -> Bool {
        grow(toItemCount: Int(row) + 1)
        guard terms[Int(row)] != new else { return false }
        if !terms[Int(row)].isEmpty { statistics.remove(terms[Int(row)]) }
        if !new.isEmpty { statistics.add(new) }
        terms[Int(row)] = new
        return true
    }

    /// Rows without a description at the end.
    mutating func grow(toItemCount count: Int) {
        if count > terms.count { terms += Array(repeating: [], count: count - terms.count) }
    }

    /// The terms of each row, with blanks between them.
    ///
    /// - Parameter changed: Rows that are not what was stored.
    func chunks(_ stored: StoredRows = StoredRows(), changed: Set<Int32> = []) -> [IndexChunk] {
        stored.chunks(of: terms.count, rowsPerChunk: Self.rowsPerChunk, changed: changed.map(Int.init)) { rows in
            var chunk = PackedBytes()
            for row in terms[rows] { chunk.write(Array(row.joined(separator: " ").utf8)) }
            return chunk.bytes
        }
    }

    init(chunks: [[UInt8]]) throws {
        var row: Int32 = 0
        for chunk in chunks {
            var bytes = PackedBytes(chunk)
            while !bytes.isAtEnd {
                guard let text = bytes.readBlock() else { throw IndexError.corrupt("texts") }
                set(String(decoding: text, as: UTF8.self).split(separator: " ").map(String.init), at: row)
                row += 1
            }
        }
    }
}
