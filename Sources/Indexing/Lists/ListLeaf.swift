import Recommender

/// The lists of people whose keys lie side by side, as the bytes that are stored: a person's key, then the list.
///
/// About three bytes a row; the people before one are passed over without reading their lists.
struct ListLeaf: Sendable, Equatable {
    private(set) var bytes: [UInt8]

    init(bytes: [UInt8] = []) { self.bytes = bytes }

    /// A person's place in the bytes.
    private struct Place {
        let whole: Range<Int>
        let key: Range<Int>
        let list: Range<Int>
    }

    /// A person's list; nil when the person is not here.
    func list(of user: String) throws -> EntryList? {
        guard case .found(let place) = try find(user) else { return nil }
        return try Self.decoded(bytes[place.list])
    }

    /// Adds, replaces or (with nil) removes a list.
    mutating func set(_ list: EntryList?, of user: String) throws {
        let new = list.map { Self.encoded($0, of: user) } ?? []
        switch try find(user) {
        case .found(let place): bytes.replaceSubrange(place.whole, with: new)
        case .absent(let offset): bytes.insert(contentsOf: new, at: offset)
        }
    }

    /// Adds a person whose key comes after all that are here.
    mutating func append(_ list: EntryList, of user: String) { bytes += Self.encoded(list, of: user) }

    /// Adds everybody of a leaf of which all keys come after those that are here.
    mutating func append(_ other: ListLeaf) { bytes += other.bytes }

    /// Takes out the people from a key on.
    mutating func split(from user: String) throws -> ListLeaf {
        let offset =
            switch try find(user) {
            case .found(let place): place.whole.lowerBound
            case .absent(let offset): offset
            }
        let rest = ListLeaf(bytes: Array(bytes[offset...]))
        bytes.removeSubrange(offset...)
        return rest
    }

    /// Calls `body` with each person in the order of the keys.
    func forEach(_ body: (String, EntryList) throws -> Void) throws {
        var offset = 0
        while let place = try place(at: offset) {
            try body(String(decoding: bytes[place.key], as: UTF8.self), try Self.decoded(bytes[place.list]))
            offset = place.whole.upperBound
        }
    }

    /// The keys, ascending.
    func users() throws -> [String] {
        var (users, offset): ([String], Int) = ([], 0)
        while let place = try place(at: offset) {
            users.append(String(decoding: bytes[place.key], as: UTF8.self))
            offset = place.whole.upperBound
        }
        return users
    }

    private enum Search {
        case found(Place)
        /// Not there; it belongs at this offset.
        case absent(Int)
    }

    private func find(_ user: String) throws -> Search {
        let wanted = Array(user.utf8)
        var offset = 0
        while let place = try place(at: offset) {
            let key = bytes[place.key]
            if key.elementsEqual(wanted) { return .found(place) }
            if wanted.lexicographicallyPrecedes(key) { break }
            offset = place.whole.upperBound
        }
        return .absent(offset)
    }

    private func place(at offset: Int) throws -> Place? {
        guard offset < bytes.count else { return nil }
        var next = offset
        guard let key = block(&next), let list = block(&next) else { throw IndexError.corrupt("lists") }
        return Place(whole: offset..<next, key: key, list: list)
    }

    /// A block of bytes after its length, which is a varint.
    private func block(_ next: inout Int) -> Range<Int>? {
        var length = 0
        for shift in stride(from: 0, to: 32, by: 7) {
            guard next < bytes.count else { return nil }
            let byte = bytes[next]
            next += 1
            length |= Int(byte & 0x7F) << shift
            guard byte < 0x80 else { continue }
            guard length <= bytes.count - next else { return nil }
            defer { next += length }
            return next..<next + length
        }
        return nil
    }

    private static func encoded(_ list: EntryList, of user: String) -> [UInt8] {
        var rows = PackedBytes()
        var previous: Int32 = 0
        for row in list {
            rows.write(varint: UInt32(row.entry - previous))
            rows.write(row.score)
            rows.write(code(of: row.status))
            previous = row.entry
        }
        var all = PackedBytes()
        all.write(varint: UInt32(clamping: user.utf8.count))
        all.append(user.utf8)
        all.write(varint: UInt32(clamping: rows.bytes.count))
        all.append(rows.bytes)
        return all.bytes
    }

    private static func decoded(_ rows: ArraySlice<UInt8>) throws -> EntryList {
        var bytes = PackedBytes(Array(rows))
        var list: EntryList = []
        var previous: Int32 = 0
        while !bytes.isAtEnd {
            guard let distance = bytes.readVarint().flatMap({ Int32(exactly: $0) }), distance <= .max - previous,
                let score = bytes.read(UInt8.self), let code = bytes.read(UInt8.self)
            else { throw IndexError.corrupt("lists") }
            previous += distance
            list.append(ListedEntry(entry: previous, score: score, status: status(of: code)))
        }
        return list
    }

    private static func code(of status: PreferenceWeights.Status?) -> UInt8 {
        status.flatMap { PreferenceWeights.Status.allCases.firstIndex(of: $0) }.map { UInt8($0 + 1) } ?? 0
    }

    private static func status(of code: UInt8) -> PreferenceWeights.Status? {
        let all = PreferenceWeights.Status.allCases
        return code > 0 && code <= all.count ? all[Int(code) - 1] : nil
    }
}
