import WebStandards

/// How an imported file is written. What a record is about is told by its columns or members, not by this.
public enum ImportFormat: String, Sendable, CaseIterable {
    /// CSV with a header.
    case csv
    /// MovieLens' `.dat`: `user::item::rating::timestamp`, without a header.
    case movieLensDat = "movielens-dat"
    /// One JSON object a line: our own export, and many public data sets.
    case jsonLines = "jsonl"
    /// One JSON text: a list of objects, or an object with such a list as `data`, as anime-offline-database is.
    case json
    /// A list as MyAnimeList exports it.
    case listXML = "mal-xml"

    /// How many bytes are looked at.
    public static let headBytes = 64 << 10

    /// The format that the beginning of a file shows; nil for an empty one.
    ///
    /// - Parameter head: Up to ``headBytes`` bytes; all of a file that is shorter.
    public init?(head: [UInt8]) {
        var text = head[...]
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        text = text.drop { $0 <= 0x20 }
        switch text.first {
        case nil: return nil
        case UInt8(ascii: "<"): self = .listXML
        case UInt8(ascii: "["): self = .json
        case UInt8(ascii: "{"): self = Self.isLines(text, isWhole: head.count < Self.headBytes) ? .jsonLines : .json
        default: self = Self.isDat(text) ? .movieLensDat : .csv
        }
    }

    /// Whether an object stands on a line by itself and is not the frame of a list.
    private static func isLines(_ text: ArraySlice<UInt8>, isWhole: Bool) -> Bool {
        let end = text.firstIndex(of: UInt8(ascii: "\n"))
        guard end != nil || isWhole else { return !frames(text) }
        if frames(text[..<(end ?? text.endIndex)]) { return false }
        // What does not parse is a bad line where more objects follow, else the beginning of an object over many lines.
        let line = Array(text[..<(end ?? text.endIndex)])
        if (try? JSONValue(parsing: line, maximumDepth: ImportLimits.jsonDepth)) != nil { return true }
        let next = end.map { text[$0...].drop { $0 <= 0x20 } } ?? []
        return next.first == UInt8(ascii: "{")
    }

    /// Whether the text has a member `data` that is a list, as far as bytes can tell.
    private static func frames(_ text: ArraySlice<UInt8>) -> Bool {
        var reader = JSONElementReader()
        reader.read(Array(text)) { _ in }
        return reader.hasElements
    }

    private static func isDat(_ text: ArraySlice<UInt8>) -> Bool {
        let line = text.prefix { $0 != UInt8(ascii: "\n") }.prefix(200)
        let fields = String(decoding: line, as: UTF8.self).split(separator: "::", omittingEmptySubsequences: false)
        return fields.count >= 3 && fields.prefix(2).allSatisfy { Int64($0) != nil }
    }
}
