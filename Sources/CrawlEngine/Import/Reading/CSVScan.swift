/// Looks for the end of one CSV record, and takes its fields on the way.
struct CSVScan {
    enum End {
        /// Where the record ends, and where the next one begins.
        case record(end: Int, next: Int)
        /// The bytes end before the record does.
        case incomplete
    }

    private(set) var fields: [String] = []
    private(set) var lineFeeds = 0
    private(set) var end = End.incomplete
    private(set) var isTooWide = false
    /// Whether there is nothing on the line.
    private(set) var isBlank = false

    private let bytes: UnsafeBufferPointer<UInt8>
    private let isLast: Bool
    private var position: Int

    /// - Parameter isLast: Whether nothing follows the bytes, so that their end is a line end too.
    init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, separator: CSVReader.Separator, isLast: Bool) {
        self.bytes = bytes
        self.isLast = isLast
        position = start
        while true {
            let isQuoted = separator == .comma && position < bytes.count && bytes[position] == Self.quote
            guard let text = isQuoted ? quoted() : plain(separator) else { return }
            if fields.count < ImportLimits.csvFields { fields.append(text) } else { isTooWide = true }
            guard position < bytes.count, bytes[position] != Self.lineFeed else { break }
            position += separator == .comma ? 1 : 2
        }
        let hasLineEnd = position < bytes.count
        if hasLineEnd { lineFeeds += 1 }
        let last = position > start && bytes[position - 1] == Self.carriageReturn ? position - 1 : position
        isBlank = last == start
        end = .record(end: last, next: hasLineEnd ? position + 1 : position)
    }

    /// A field without quotes, up to the separator, the line end or the last byte.
    private mutating func plain(_ separator: CSVReader.Separator) -> String? {
        let start = position
        guard let stop = stop(separator) else { return nil }
        position = stop
        return text(start..<trimmed(stop, from: start))
    }

    private func stop(_ separator: CSVReader.Separator) -> Int? {
        var place = position
        while place < bytes.count {
            let byte = bytes[place]
            if byte == Self.lineFeed { return place }
            switch separator {
            case .comma: if byte == Self.comma { return place }
            case .doubleColon:
                if byte == Self.colon, place + 1 < bytes.count, bytes[place + 1] == Self.colon { return place }
            }
            place += 1
        }
        return isLast ? place : nil
    }

    /// A field in quotes; what stands between its last quote and the separator is taken as it is.
    private mutating func quoted() -> String? {
        position += 1
        var (start, content) = (position, [UInt8]())
        while true {
            guard position < bytes.count else { return nil }
            let byte = bytes[position]
            if byte == Self.lineFeed { lineFeeds += 1 }
            if byte == Self.quote {
                guard position + 1 < bytes.count || isLast else { return nil }
                content += bytes[start..<position]
                position += 1
                guard position < bytes.count, bytes[position] == Self.quote else { break }
                start = position
            }
            position += 1
        }
        start = position
        guard let stop = stop(.comma) else { return nil }
        position = stop
        content += bytes[start..<trimmed(stop, from: start)]
        return String(decoding: content, as: UTF8.self)
    }

    /// Without the carriage return of a line end.
    private func trimmed(_ stop: Int, from start: Int) -> Int {
        let isLineEnd = stop == bytes.count || bytes[stop] == Self.lineFeed
        return isLineEnd && stop > start && bytes[stop - 1] == Self.carriageReturn ? stop - 1 : stop
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let comma = UInt8(ascii: ",")
    private static let colon = UInt8(ascii: ":")
    private static let quote = UInt8(ascii: "\"")
}
