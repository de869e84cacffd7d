/// One row of a person's list, as a file of ratings has it.
struct RatingRow: Sendable, Hashable {
    /// The person, as the list is stored under.
    var user: String
    /// The entry's number, or its key where it is of another kind.
    var entry: String
    /// 1 to 10; 0 for none.
    var score: UInt8
    /// The state's place in ``WatchState/all``; 0 for none.
    var status: UInt8 = 0
    /// Episodes seen.
    var episodes: Int32?
    /// Seconds since 1970.
    var updated: Int64?
}

extension RatingRow {
    /// Most bytes of one row in a spool.
    static let maximumBytes = 2 + 2 * Int(UInt8.max) + 3 + 4 + 8

    /// Appends the row; texts are at most 255 bytes.
    func append(to bytes: inout [UInt8]) {
        for text in [user, entry] {
            bytes.append(UInt8(truncatingIfNeeded: text.utf8.count))
            bytes.append(contentsOf: text.utf8)
        }
        let flags: UInt8 = (episodes == nil ? 0 : 1) | (updated == nil ? 0 : 2)
        bytes += [score, status, flags]
        if let episodes { withUnsafeBytes(of: episodes.littleEndian) { bytes.append(contentsOf: $0) } }
        if let updated { withUnsafeBytes(of: updated.littleEndian) { bytes.append(contentsOf: $0) } }
    }

    /// Takes the row at a place, which moves behind it; nil at the end.
    init?(_ bytes: UnsafeRawBufferPointer, at place: inout Int) {
        guard let user = Self.text(bytes, at: &place), let entry = Self.text(bytes, at: &place),
            place + 3 <= bytes.count
        else { return nil }
        self.init(user: user, entry: entry, score: bytes[place], status: bytes[place + 1])
        let flags = bytes[place + 2]
        place += 3
        if flags & 1 != 0 { episodes = Self.number(bytes, at: &place) }
        if flags & 2 != 0 { updated = Self.number(bytes, at: &place) }
    }

    private static func text(_ bytes: UnsafeRawBufferPointer, at place: inout Int) -> String? {
        guard place < bytes.count else { return nil }
        let (start, end) = (place + 1, place + 1 + Int(bytes[place]))
        guard end <= bytes.count else { return nil }
        place = end
        return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
    }

    private static func number<Number: FixedWidthInteger>(
        _ bytes: UnsafeRawBufferPointer, at place: inout Int
    ) -> Number? {
        let size = MemoryLayout<Number>.size
        guard place + size <= bytes.count else { return nil }
        defer { place += size }
        return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Number.self))
    }
}
