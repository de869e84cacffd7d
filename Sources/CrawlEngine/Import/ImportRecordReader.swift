/// Reads the records of a file piece by piece: CSV with a header, or one JSON object a line.
public struct ImportRecordReader: Sendable {
    /// How the file is written.
    public enum Format: Sendable { case csv, jsonLines }

    /// A record, or why it was left out.
    public typealias Outcome = Result<ImportRecord, ImportReject>

    private let format: Format
    private var csv = CSVReader()
    private var table: CSVTable?
    private var rest: [UInt8] = []
    private var line = 0

    /// Starts at the beginning of a file.
    public init(_ format: Format) {
        self.format = format
    }

    /// The records that end in the next piece.
    public mutating func read(_ bytes: [UInt8]) -> [Outcome] {
        switch format {
        case .csv:
            return csv.rows(in: bytes).compactMap { record($0) }
        case .jsonLines:
            rest += bytes
            return completeLines()
        }
    }

    /// The last record, if the file does not end with a line end.
    public mutating func finish() -> [Outcome] {
        switch format {
        case .csv:
            return csv.lastRows().compactMap { record($0) }
        case .jsonLines:
            rest.append(UInt8(ascii: "\n"))
            return completeLines()
        }
    }

    private mutating func record(_ row: CSVRow) -> Outcome? {
        guard let table else {
            table = CSVTable(header: row)
            return nil
        }
        do throws(ImportReject) {
            return .success(ImportRecord(try table.record(row), line: row.line))
        } catch {
            return .failure(error)
        }
    }

    private mutating func completeLines() -> [Outcome] {
        var outcomes: [Outcome] = []
        var start = rest.startIndex
        while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
            line += 1
            let text = String(decoding: rest[start..<end], as: UTF8.self)
            start = end + 1
            guard text.contains(where: { !$0.isWhitespace }) else { continue }
            do throws(ImportReject) {
                outcomes.append(.success(try ImportRecord(jsonLine: text, line: line)))
            } catch {
                outcomes.append(.failure(error))
            }
        }
        rest.removeSubrange(..<start)
        return outcomes
    }
}
