/// Reads CSV piece by piece, so that a file of any size needs the memory of a piece and a record.
///
/// Source: RFC 4180; line ends may be CRLF or LF, and a byte order mark is passed over. A record that is too long is left out with
/// its reason; one with a quote that is never closed costs its own line only.
public struct CSVReader: Sendable {
    /// What stands between two fields.
    public enum Separator: String, Sendable {
        /// RFC 4180, with quotes.
        case comma = ","
        /// MovieLens' `.dat` files: `1::1193::5::978300760`, without quotes.
        case doubleColon = "::"
    }

    /// Records that begin again at their second line; after so many the rest of a broken record is passed over instead, so that no file
    /// is read a thousand times.
    private static let maximumRestarts = 200

    private let separator: Separator
    private var pending: [UInt8] = []
    private var line = 1
    private var isAtStart = true
    private var isInLongLine = false
    private var restarts = 0
    /// How many pending bytes there must be before it is worthwhile to look again for the end of a record.
    private var enough = 0

    /// Starts at the beginning of a file.
    public init(separator: Separator = .comma) {
        self.separator = separator
    }

    /// Reads the next piece of the file and hands on each record that ends in it.
    public mutating func read(_ bytes: some Sequence<UInt8>, _ row: (CSVRow) throws -> Void) rethrows {
        pending.append(contentsOf: bytes)
        if pending.count >= enough { try takeRecords(isLast: false, row) }
    }

    /// Hands on the last record, if the file does not end with a line end.
    public mutating func finish(_ row: (CSVRow) throws -> Void) rethrows {
        try takeRecords(isLast: true, row)
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

    private mutating func takeRecords(isLast: Bool, _ row: (CSVRow) throws -> Void) rethrows {
        var start = 0
        defer {
            pending.removeFirst(start)
            enough = min(2 * pending.count, ImportLimits.csvRecordBytes + 1)
        }
        if isAtStart, pending.count >= 3 || isLast {
            isAtStart = false
            if pending.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
        } else if isAtStart {
            return
        }
        while start < pending.count {
            if isInLongLine {
                guard let end = pending[start...].firstIndex(of: Self.lineFeed) else {
                    start = pending.count
                    return
                }
                (start, line, isInLongLine) = (end + 1, line + 1, false)
                continue
            }
            let scan = pending.withUnsafeBufferPointer { bytes in
                CSVScan(bytes, from: start, separator: separator, isLast: isLast)
            }
            switch scan.end {
            case .record(let end, let next):
                let raw = pending[start..<end]
                if !scan.isBlank { try row(self.row(scan.fields, raw, isTooWide: scan.isTooWide)) }
                (start, line) = (next, line + scan.lineFeeds)
            case .incomplete where !isLast && pending.count - start <= ImportLimits.csvRecordBytes: return
            case .incomplete: start = try leaveOut(from: start, isLast: isLast, row)
            }
        }
    }

    private func row(_ fields: [String], _ raw: ArraySlice<UInt8>, isTooWide: Bool) -> CSVRow {
        if raw.count > ImportLimits.csvRecordBytes {
            return CSVRow(line: line, fields: [], raw: raw, defect: Self.tooLong)
        }
        guard !isTooWide else {
            let defect = "more than \(ImportLimits.csvFields) fields; expected as many as in the header"
            return CSVRow(line: line, fields: [], raw: raw, defect: defect)
        }
        return CSVRow(line: line, fields: fields, raw: raw, defect: nil)
    }

    /// Leaves out a record whose end is out of reach; where the next one begins.
    private mutating func leaveOut(from start: Int, isLast: Bool, _ row: (CSVRow) throws -> Void) rethrows -> Int {
        let firstEnd = pending[start...].firstIndex(of: Self.lineFeed)
        let end = firstEnd ?? pending.count
        let isQuoted = firstEnd != nil || isLast
        try row(
            CSVRow(
                line: line, fields: [], raw: pending[start..<end],
                defect: isQuoted
                    ? "a quote that is never closed; expected another one before the next comma" : Self.tooLong))
        guard let firstEnd, restarts < Self.maximumRestarts else {
            // Also what follows on the same line.
            isInLongLine = !isLast
            line += pending[start...].count { $0 == Self.lineFeed }
            return pending.count
        }
        restarts += 1
        line += 1
        return firstEnd + 1
    }

    private static let tooLong = "longer than \(ImportLimits.csvRecordBytes >> 20) MiB; expected a shorter record"
    private static let lineFeed = UInt8(ascii: "\n")
}
