/// Reads names of elements and attributes: letters, digits, and `: - _ .`, in lower case.
struct NameScanner {
    /// A name as it was read.
    struct Name {
        let id: NameTable.ID
        /// The name up to its first dot.
        let undotted: NameTable.ID
        /// The name without its prefix.
        let local: NameTable.ID
        /// Where the page goes on.
        let end: Int
    }

    /// Bytes after which a name ends, whatever follows.
    private static let maximumLength = 100

    private let page: UnsafePointer<UInt8>
    // Kept here so that no name costs a look at whether the globals are there yet.
    private let folded = Self.foldedBytes.buffer
    private let short = ShortNames.html.lent
    private let emptyKey = NameTable.Key()
    private var peeked: (position: Int, name: Name)?

    init(page: UnsafePointer<UInt8>) { self.page = page }

    /// The name at a place that starts one; asked for again, it is not read again.
    @inline(__always)
    mutating func peek(at position: Int, in table: inout NameTable) -> Name {
        if let peeked, peeked.position == position { return peeked.name }
        let name = scan(at: position, in: &table)
        peeked = (position, name)
        return name
    }

    /// Reads the name at a place that starts one.
    @inline(__always)
    func scan(at position: Int, in table: inout NameTable) -> Name {
        let bytes = ByteWord(page, position)
        let count = bytes.lengthOfWord
        // Letters get their lower-case bit; digits and the hyphen have it.
        let word = (bytes.word | ByteWord.repeating(0x20)) & (UInt64.max >> UInt64(64 - 8 * count))
        if folded[Int(page[position + count])] == 0 {
            let id = short.find(word)
            if id != NameTable.none { return Name(id: id, undotted: id, local: id, end: position + count) }
        }
        return scanAny(at: position, in: &table)
    }

    private func scanAny(at position: Int, in table: inout NameTable) -> Name {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.maximumLength) { buffer in
            var key = emptyKey
            var (colon, dot) = (-1, -1)
            while key.count < Self.maximumLength {
                let byte = folded[Int(page[position + key.count])]
                guard byte != 0 else { break }
                if byte == UInt8(ascii: ":"), colon < 0 { colon = key.count }
                if byte == UInt8(ascii: "."), dot < 0 { dot = key.count }
                buffer[key.count] = byte
                key.add(byte)
            }
            let name = UnsafeBufferPointer(rebasing: buffer[..<key.count])
            let id = table.intern(name, key)
            var (undotted, local) = (id, id)
            if dot >= 0 { undotted = part(name[..<dot], in: &table) }
            if colon > 0, colon + 1 < name.count { local = part(name[(colon + 1)...], in: &table) }
            return Name(id: id, undotted: undotted, local: local, end: position + name.count)
        }
    }

    private func part(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, in table: inout NameTable) -> NameTable.ID {
        var key = emptyKey
        for byte in bytes { key.add(byte) }
        return table.intern(UnsafeBufferPointer(rebasing: bytes), key)
    }

    /// Whether a name can start with the byte.
    @inline(__always)
    static func starts(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
    }

    /// The byte of a name in lower case; 0 for what no name holds.
    private static let foldedBytes = FrozenArray(
        (0...255).map { (byte: UInt8) -> UInt8 in
            let isPart = byte.isASCIIDigit || byte == UInt8(ascii: "-") || starts(byte)
            return isPart ? byte.asciiLowercased : 0
        })
}
