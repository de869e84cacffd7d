/// Numbers for the words of a page, such as its classes.
///
/// Looked up by a ``KeyedHash``, so that no page can be written whose words all collide.
struct WordTable {
    private struct Entry {
        let start: UnsafePointer<UInt8>
        let count: UInt32
        let hash: UInt32
    }

    private var entries: [Entry] = []
    /// Number of a word plus one, or 0; the count is a power of two.
    private var slots: [Int32]

    init(capacity: Int) {
        var count = 64
        while count < capacity * 2 { count *= 2 }
        slots = Array(repeating: 0, count: count)
        entries.reserveCapacity(capacity)
    }

    var count: Int { entries.count }

    /// The number of a word, new or known; its bytes must outlive the table.
    @inline(__always)
    mutating func intern(_ word: UnsafeBufferPointer<UInt8>) -> Int32 {
        guard let start = word.baseAddress else { return -1 }
        let hash = Self.hash(word)
        let slot = slot(of: word, hash: hash)
        if slots[slot] != 0 { return slots[slot] - 1 }
        entries.append(Entry(start: start, count: UInt32(truncatingIfNeeded: word.count), hash: hash))
        slots[slot] = Int32(truncatingIfNeeded: entries.count)
        if entries.count * 2 > slots.count { grow() }
        return Int32(truncatingIfNeeded: entries.count - 1)
    }

    /// The number of a word; -1 where the page has none such.
    func find(_ word: UnsafeBufferPointer<UInt8>) -> Int32 { slots[slot(of: word, hash: Self.hash(word))] - 1 }

    @inline(__always)
    private func slot(of word: UnsafeBufferPointer<UInt8>, hash: UInt32) -> Int {
        let mask = slots.count - 1
        var slot = Int(hash) & mask
        while slots[slot] != 0 {
            let entry = entries[Int(slots[slot] - 1)]
            if entry.hash == hash,
                ByteMatching.isEqual(UnsafeBufferPointer(start: entry.start, count: Int(entry.count)), word)
            {
                return slot
            }
            slot = (slot + 1) & mask
        }
        return slot
    }

    @inline(__always)
    private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let key = KeyedHash.key
        var state = UInt64(truncatingIfNeeded: word.count)
        var index = 0
        while index + 8 <= word.count {
            let part = UnsafeRawBufferPointer(word).loadUnaligned(fromByteOffset: index, as: UInt64.self)
            state = KeyedHash.fold(state ^ part, by: key)
            index += 8
        }
        var rest: UInt64 = 0
        while index < word.count {
            rest = rest << 8 | UInt64(word[index])
            index += 1
        }
        return UInt32(truncatingIfNeeded: KeyedHash.fold(state ^ rest, by: key) >> 32)
    }

    private mutating func grow() {
        let mask = slots.count * 2 - 1
        slots = Array(repeating: 0, count: slots.count * 2)
        for (index, entry) in entries.enumerated() {
            var slot = Int(entry.hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(truncatingIfNeeded: index + 1)
        }
    }
}
