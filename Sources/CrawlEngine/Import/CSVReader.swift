/// One record of a CSV file.
public struct CSVRow: Sendable, Hashable {
    /// The line the record begins on; the first line is 1.
    public let line: Int
    /// As written, quotes undone.
    public let fields: [String]
}

/// Reads CSV piece by piece, so that a file of any size needs the memory of one record.
///
/// Source: RFC 4180; line ends may be CRLF or LF, and a byte order mark is passed over.
public struct CSVReader: Sendable {
    /// A field larger than this ends its record: a quote that is never closed must not swallow the file.
    public static let maximumFieldBytes = 1 << 20

    private enum Place { case start, plain, quoted, quoteInQuoted }

    private var place = Place.start
    private var field: [UInt8] = []
    private var fields: [String] = []
    private var line = 1
    private var firstLine = 1

    /// Starts at the beginning of a file.
    public init() {}

    /// Reads the next piece of the file and hands on each record that ends in it.
    public mutating func read(_ bytes: some Sequence<UInt8>, _ row: (CSVRow) throws -> Void) rethrows {
        for byte in bytes { try take(byte, row) }
    }

    /// Hands on the last record, if the file does not end with a line end.
    public mutating func finish(_ row: (CSVRow) throws -> Void) rethrows {
        if place != .start || !field.isEmpty || !fields.isEmpty { try endRow(row) }
    }

    /// The records that end in the next piece.
    public mutating func rows(in bytes: [UInt8]) -> [CSVRow] {
        var rows: [CSVRow] = []
        read(bytes) { rows.append($0) }
        return rows
    }

    /// The last record, if the file does not end with a line end.
    public mutating func lastRows() -> [CSVRow] {
        var rows: [CSVRow] = []
        finish { rows.append($0) }
        return rows
    }

    private mutating func take(_ byte: UInt8, _ row: (CSVRow) throws -> Void) rethrows {
        if byte == UInt8(ascii: "\n") { line += 1 }
        switch (place, byte) {
        case (.quoted, UInt8(ascii: "\"")): place = .quoteInQuoted
        case (.quoted, _): try append(byte, row)
        case (.quoteInQuoted, UInt8(ascii: "\"")):
            place = .quoted
            try append(byte, row)
        case (.start, UInt8(ascii: "\"")): place = .quoted
        case (_, UInt8(ascii: ",")): endField()
        case (_, UInt8(ascii: "\n")): try endRow(row)
        case (_, UInt8(ascii: "\r")): break
        default:
            place = .plain
            try append(byte, row)
        }
    }

    private mutating func append(_ byte: UInt8, _ row: (CSVRow) throws -> Void) rethrows {
        field.append(byte)
        if field.count > Self.maximumFieldBytes { try endRow(row) }
    }

    private mutating func endField() {
        if firstLine == 1, fields.isEmpty, field.starts(with: [0xEF, 0xBB, 0xBF]) { field.removeFirst(3) }
        fields.append(String(decoding: field, as: UTF8.self))
        field.removeAll(keepingCapacity: true)
        place = .start
    }

    private mutating func endRow(_ row: (CSVRow) throws -> Void) rethrows {
        let isBlank = fields.isEmpty && field.isEmpty && place == .start
        endField()
        if !isBlank { try row(CSVRow(line: firstLine, fields: fields)) }
        fields.removeAll(keepingCapacity: true)
        firstLine = line
    }
}
