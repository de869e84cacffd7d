/// Which entries of a symmetric matrix changed: of each row of the lower triangle that has any, one bit for each column.
///
/// `@unchecked Sendable`: each row is noted by the one thread that was handed its number, and read when all threads are done.
final class EntryChanges: @unchecked Sendable {
    private typealias Words = UnsafeMutablePointer<UInt64>
    private let count: Int
    private let wordCount: Int
    private let rows: UnsafeMutablePointer<Words?>

    init(count: Int) {
        self.count = count
        wordCount = (count + 63) / 64
        rows = .allocate(capacity: max(count, 1))
        rows.initialize(repeating: nil, count: count)
    }

    deinit {
        for row in 0..<count { rows[row]?.deallocate() }
        rows.deallocate()
    }

    /// Compares a row of the lower triangle, up to the diagonal, with what it was.
    ///
    /// - Returns: Whether anything changed.
    func note(row: Int, old: UnsafePointer<UInt16>, new: UnsafePointer<UInt16>) -> Bool {
        var words: Words?
        for start in stride(from: 0, through: row, by: 64) {
            let end = min(start + 64, row + 1)
            var differences: UInt16 = 0
            for column in start..<end { differences |= old[column] ^ new[column] }
            guard differences != 0 else { continue }
            var word: UInt64 = 0
            for column in start..<end where old[column] != new[column] { word |= 1 << UInt64(column - start) }
            let target = words ?? allocated()
            target[start / 64] = word
            words = target
        }
        rows[row] = words
        return words != nil
    }

    private func allocated() -> Words {
        let words = Words.allocate(capacity: wordCount)
        words.initialize(repeating: 0, count: wordCount)
        return words
    }

    /// How many entries of the lower triangle changed.
    var pairCount: Int {
        var sum = 0
        for row in 0..<count {
            guard let words = rows[row] else { continue }
            for word in 0...row / 64 { sum += words[word].nonzeroBitCount }
        }
        return sum
    }

    /// Calls `body` with the row and the column of each changed entry of the lower triangle.
    func forEachPair(_ body: (Int, Int) -> Void) {
        for row in 0..<count {
            guard let words = rows[row] else { continue }
            for word in 0...row / 64 {
                var rest = words[word]
                while rest != 0 {
                    body(row, word * 64 + rest.trailingZeroBitCount)
                    rest &= rest - 1
                }
            }
        }
    }

    /// Whether an entry between two of these items, or on the diagonal of one, changed.
    ///
    /// - Parameter members: The same items, as ``MemberBits``.
    func touch(_ items: UnsafeBufferPointer<Int32>, _ members: borrowing MemberBits) -> Bool {
        for item in items {
            guard let words = rows[Int(item)] else { continue }
            var common: UInt64 = 0
            // A row has nothing above its diagonal.
            for word in 0...Int(item) / 64 { common |= words[word] & members.words[word] }
            if common != 0 { return true }
        }
        return false
    }
}

/// A set of items as bits, to be used again for the next one.
struct MemberBits: ~Copyable {
    fileprivate let words: UnsafeMutablePointer<UInt64>

    init(count: Int) {
        let wordCount = (count + 63) / 64
        words = .allocate(capacity: max(wordCount, 1))
        words.initialize(repeating: 0, count: wordCount)
    }

    deinit { words.deallocate() }

    /// Puts items in.
    borrowing func insert(_ items: UnsafeBufferPointer<Int32>) {
        for item in items { words[Int(item) / 64] |= 1 << UInt64(item % 64) }
    }

    borrowing func contains(_ item: Int32) -> Bool { words[Int(item) / 64] >> UInt64(item % 64) & 1 == 1 }

    /// Takes the same items out again.
    borrowing func remove(_ items: UnsafeBufferPointer<Int32>) {
        for item in items { words[Int(item) / 64] = 0 }
    }
}
