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
    func scan(at position: Int, in table: inout NameTable) -> Name {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.maximumLength) { buffer in
            var hash = NameTable.Hash()
            var length = 0
            var (colon, dot) = (-1, -1)
            while length < Self.maximumLength {
                let byte = Self.folded[Int(page[position + length])]
                guard byte != 0 else { break }
                if byte == UInt8(ascii: ":"), colon < 0 { colon = length }
                if byte == UInt8(ascii: "."), dot < 0 { dot = length }
                buffer[length] = byte
                hash.add(byte)
                length += 1
            }
            let id = table.intern(UnsafeBufferPointer(rebasing: buffer[..<length]), hash: hash.value)
            var (undotted, local) = (id, id)
            if dot >= 0 { undotted = Self.part(buffer[..<dot], in: &table) }
            if colon > 0, colon + 1 < length { local = Self.part(buffer[(colon + 1)..<length], in: &table) }
            return Name(id: id, undotted: undotted, local: local, end: position + length)
        }
    }

    private static func part(_ bytes: Slice<UnsafeMutableBufferPointer<UInt8>>, in table: inout NameTable)
        -> NameTable.ID
    {
        var hash = NameTable.Hash()
        for byte in bytes { hash.add(byte) }
        return table.intern(UnsafeBufferPointer(rebasing: bytes), hash: hash.value)
    }

    /// Whether a name can start with the byte.
    @inline(__always)
    static func starts(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
    }

    /// The byte of a name in lower case; 0 for what no name holds.
    private static let folded: [UInt8] = (0...255).map { (byte: UInt8) in
        let isPart = byte.isASCIIDigit || byte == UInt8(ascii: "-") || starts(byte)
        return isPart ? byte.asciiLowercased : 0
    }
}
