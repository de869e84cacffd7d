/// Numbers for the names of elements and attributes, so that comparing two is comparing two numbers.
///
/// The names of HTML have the same numbers in every page; what a page adds is numbered behind them. Names are looked up by
/// a polynomial hash with a factor of this process's own, so that no page can be written whose names all collide.
struct NameTable {
    typealias ID = Int32

    /// The name of what has none.
    static let none: ID = -1

    private struct Entry {
        let start: UInt32
        let count: UInt32
        let hash: UInt32
    }

    private var entries: [Entry] = []
    private var bytes: [UInt8] = []
    /// Number of a name plus one, or 0; the count is a power of two.
    private var slots: [ID]

    /// An empty table.
    private init(slots: Int) { self.slots = Array(repeating: 0, count: slots) }

    /// The names that every page knows.
    static let html: NameTable = {
        var table = NameTable(slots: 1_024)
        for name in HTMLNames.elements + HTMLNames.attributes { _ = table.intern(name) }
        return table
    }()

    /// The number of names.
    var count: Int { entries.count }

    // MARK: Hashing

    private static let factor = UInt64.random(in: 1 << 62 ... .max) | 1

    /// A hash that is fed byte by byte.
    struct Hash {
        private var state: UInt64 = 0

        @inline(__always)
        mutating func add(_ byte: UInt8) { state = (state &+ UInt64(byte) &+ 1) &* NameTable.factor }

        @inline(__always)
        var value: UInt32 { UInt32(truncatingIfNeeded: state >> 32) }
    }

    // MARK: Finding

    /// The number of a name, which is new or known.
    @inline(__always)
    mutating func intern(_ name: UnsafeBufferPointer<UInt8>, hash: UInt32) -> ID {
        let slot = slot(of: name, hash: hash)
        if slots[slot] != 0 { return slots[slot] - 1 }
        return add(name, hash: hash, at: slot)
    }

    mutating func intern(_ name: String) -> ID {
        Self.withBytes(name) { intern($0, hash: $1) }
    }

    /// The number of a name, if this page, or HTML, has it.
    func find(_ name: String) -> ID? {
        Self.withBytes(name) { name, hash in
            let found = slots[slot(of: name, hash: hash)]
            return found == 0 ? nil : found - 1
        }
    }

    private static func withBytes<Result>(
        _ name: String, _ body: (UnsafeBufferPointer<UInt8>, UInt32) -> Result
    ) -> Result {
        var name = name
        return name.withUTF8 { bytes in
            var hash = Hash()
            for byte in bytes { hash.add(byte) }
            return body(bytes, hash.value)
        }
    }

    /// Where a name stands, or may be put.
    @inline(__always)
    private func slot(of name: UnsafeBufferPointer<UInt8>, hash: UInt32) -> Int {
        let mask = slots.count - 1
        var slot = Int(hash) & mask
        while slots[slot] != 0 {
            let entry = entries[Int(slots[slot] - 1)]
            if entry.hash == hash, Int(entry.count) == name.count, isEqual(entry, name) { return slot }
            slot = (slot + 1) & mask
        }
        return slot
    }

    @inline(__always)
    private func isEqual(_ entry: Entry, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = Int(entry.start)
        for index in 0..<name.count where bytes[start + index] != name[index] { return false }
        return true
    }

    private mutating func add(_ name: UnsafeBufferPointer<UInt8>, hash: UInt32, at slot: Int) -> ID {
        let entry = Entry(start: UInt32(bytes.count), count: UInt32(name.count), hash: hash)
        entries.append(entry)
        bytes.append(contentsOf: name)
        slots[slot] = ID(entries.count)
        if entries.count * 2 > slots.count { grow() }
        return ID(entries.count - 1)
    }

    private mutating func grow() {
        let mask = slots.count * 2 - 1
        slots = Array(repeating: 0, count: slots.count * 2)
        for (index, entry) in entries.enumerated() {
            var slot = Int(entry.hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = ID(index + 1)
        }
    }

    // MARK: Reading

    func string(_ id: ID) -> String {
        guard id >= 0 else { return "" }
        let entry = entries[Int(id)]
        return String(decoding: bytes[Int(entry.start)..<Int(entry.start + entry.count)], as: UTF8.self)
    }
}
