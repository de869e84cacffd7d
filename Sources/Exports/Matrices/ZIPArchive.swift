/// Writes a ZIP archive whose entries are stored as they are, each length told after its bytes.
///
/// Source: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3 and 4.4.
struct ZIPArchive {
    private struct Entry {
        let name: [UInt8]
        let offset: Int
        var sum = CRC32()
        var size = 0
    }

    private let file: OutputFile
    private var offset = 0
    private var entries: [Entry] = []

    init(_ file: OutputFile) {
        self.file = file
    }

    /// Adds a whole entry.
    mutating func add(_ name: String, _ bytes: [UInt8]) throws(ExportError) {
        try begin(name)
        try write(bytes)
        try end()
    }

    /// Starts an entry.
    mutating func begin(_ name: String) throws(ExportError) {
        entries.append(Entry(name: Array(name.utf8), offset: offset))
        try put(
            bytes(UInt32(0x0403_4B50)) + fields(UInt32(0), 0) + bytes(UInt16(name.utf8.count)) + bytes(UInt16(0))
                + Array(name.utf8))
    }

    /// Adds bytes to the entry that was started.
    mutating func write(_ bytes: [UInt8]) throws(ExportError) {
        entries[entries.count - 1].sum.update(bytes)
        entries[entries.count - 1].size += bytes.count
        try put(bytes)
    }

    /// Ends the entry that was started.
    mutating func end() throws(ExportError) {
        guard let entry = entries.last, offset < Int(UInt32.max) - (1 << 20) else {
            throw ExportError(.form, "\(file.name): more than 4 GiB, which npz is not written for; use mtx")
        }
        let size = bytes(UInt32(truncatingIfNeeded: entry.size))
        try put(bytes(UInt32(0x0807_4B50)) + bytes(entry.sum.value) + size + size)
    }

    /// Writes the directory.
    mutating func finish() throws(ExportError) {
        let start = offset
        for entry in entries {
            let name = bytes(UInt16(entry.name.count))
            try put(
                bytes(UInt32(0x0201_4B50)) + bytes(UInt16(20))
                    + fields(entry.sum.value, UInt32(truncatingIfNeeded: entry.size)) + name
                    + [UInt8](repeating: 0, count: 12) + bytes(UInt32(truncatingIfNeeded: entry.offset)) + entry.name)
        }
        let count = bytes(UInt16(entries.count))
        try put(
            bytes(UInt32(0x0605_4B50)) + bytes(UInt32(0)) + count + count
                + bytes(UInt32(truncatingIfNeeded: offset - start))
                + bytes(UInt32(truncatingIfNeeded: start)) + bytes(UInt16(0)))
    }

    /// What both heads of an entry say: version 2.0, lengths after the bytes, stored, 1980-01-01.
    private func fields(_ sum: UInt32, _ size: UInt32) -> [UInt8] {
        bytes(UInt16(20)) + bytes(UInt16(8)) + bytes(UInt16(0)) + bytes(UInt16(0)) + bytes(UInt16(0x21)) + bytes(sum)
            + bytes(size) + bytes(size)
    }

    private mutating func put(_ bytes: [UInt8]) throws(ExportError) {
        offset += bytes.count
        try file.write(bytes)
    }

    private func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}
