/// Numbers for the names of elements and attributes, so that comparing two is comparing two numbers.
///
/// The names of HTML have the same numbers in every page; what a page adds is numbered behind them. Names are looked up by
/// a ``KeyedHash``, so that no page can be written whose names all collide.
struct NameTable {
    typealias ID = Int32

    /// The name of what has none.
    static let none: ID = -1

    private struct Entry {
        let key: Key
        let start: UInt32
    }

    private var entries: [Entry] = []
    private var bytes: [UInt8] = []
    /// Number of a name plus one, or 0; the count is a power of two.
    private var slots: [ID]

    /// An empty table.
    private init(slots: Int) { self.slots = Array(repeating: 0, count: slots) }

    /// A table in which names are numbered as they stand here.
    init(_ names: [String], slots: Int = 64) {
        self.init(slots: slots)
        for name in names { _ = intern(name) }
    }

    /// The names that every page knows.
    static let html = NameTable(HTMLNames.elements + HTMLNames.attributes, slots: 1_024)

    /// The number of names.
    var count: Int { entries.count }

    // MARK: Keys

    /// What a name is found by: its bytes folded into a few numbers, made byte by byte.
    struct Key {
        private(set) var count = 0
        /// The last bytes, eight at most: all of them for most names.
        private(set) var word: UInt64 = 0
        private var state: UInt64 = 0
        // Kept here so that no name costs a look at whether the global is there yet.
        private let key = KeyedHash.key

        init() {}

        init(of name: UnsafeBufferPointer<UInt8>) {
            self.init()
            for byte in name { add(byte) }
        }

        @inline(__always)
        mutating func add(_ byte: UInt8) {
            if count & 7 == 0, count > 0 { state = KeyedHash.fold(state ^ word, by: key) }
            word = word << 8 | UInt64(byte)
            count += 1
        }

        @inline(__always)
        var hash: Int {
            let mixed = KeyedHash.fold((state ^ word) &+ UInt64(truncatingIfNeeded: count), by: key)
            return Int(truncatingIfNeeded: mixed >> 1)
        }

        /// Whether the numbers are equal, which for names of eight bytes at most means that the names are.
        @inline(__always)
        func isEqual(_ other: Key) -> Bool { count == other.count && word == other.word && state == other.state }
    }

    // MARK: Finding

    /// The number of a name, which is new or known.
    @inline(__always)
    mutating func intern(_ name: UnsafeBufferPointer<UInt8>, _ key: Key) -> ID {
        let slot = slot(of: name, key)
        if slots[slot] != 0 { return slots[slot] - 1 }
        return add(name, key, at: slot)
    }

    mutating func intern(_ name: String) -> ID {
        var name = name
        return name.withUTF8 { intern($0, Key(of: $0)) }
    }

    /// The number of a name, if this page, or HTML, has it.
    func find(_ name: String) -> ID? {
        var name = name
        return name.withUTF8 { find($0) }
    }

    func find(_ name: UnsafeBufferPointer<UInt8>) -> ID? {
        let found = slots[slot(of: name, Key(of: name))]
        return found == 0 ? nil : found - 1
    }

    /// Where a name stands, or may be put.
    @inline(__always)
    private func slot(of name: UnsafeBufferPointer<UInt8>, _ key: Key) -> Int {
        let mask = slots.count - 1
        var slot = key.hash & mask
        while slots[slot] != 0 {
            let entry = entries[Int(slots[slot] - 1)]
            if entry.key.isEqual(key), key.count <= 8 || isEqual(entry, name) { return slot }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private func isEqual(_ entry: Entry, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = Int(entry.start)
        return name.indices.allSatisfy { bytes[start + $0] == name[$0] }
    }

    private mutating func add(_ name: UnsafeBufferPointer<UInt8>, _ key: Key, at slot: Int) -> ID {
        entries.append(Entry(key: key, start: UInt32(bytes.count)))
        bytes.append(contentsOf: name)
        slots[slot] = ID(entries.count)
        if entries.count * 2 > slots.count { grow() }
        return ID(entries.count - 1)
    }

    private mutating func grow() {
        let mask = slots.count * 2 - 1
        slots = Array(repeating: 0, count: slots.count * 2)
        for (index, entry) in entries.enumerated() {
            var slot = entry.key.hash & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = ID(index + 1)
        }
    }

    // MARK: Reading

    func string(_ id: ID) -> String {
        guard id >= 0 else { return "" }
        let entry = entries[Int(id)]
        return String(decoding: bytes[Int(entry.start)..<Int(entry.start) + entry.key.count], as: UTF8.self)
    }
}
