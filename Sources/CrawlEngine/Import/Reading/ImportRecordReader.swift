import WebStandards

/// Reads the records of a file piece by piece.
public struct ImportRecordReader: Sendable {
    /// A record, or why it was left out.
    public typealias Outcome = Result<ImportRecord, ImportReject>

    private enum Reading {
        case csv(CSVReader, CSVTable?)
        case lines(LineReader)
        case elements(JSONElementReader)
    }

    private var reading: Reading

    /// The header of a table, once it was read; nil for what has none.
    public private(set) var header: ImportHeader?

    /// Starts at the beginning of a file; a list as XML has no records of this kind.
    public init(_ format: ImportFormat) {
        switch format {
        case .csv, .listXML: reading = .csv(CSVReader(), nil)
        case .movieLensDat: reading = .csv(CSVReader(separator: .doubleColon), nil)
        case .jsonLines: reading = .lines(LineReader())
        case .json: reading = .elements(JSONElementReader())
        }
    }

    /// The records that end in the next piece.
    public mutating func read(_ bytes: [UInt8]) -> [Outcome] { outcomes(bytes, isLast: false) }

    /// The last record, if the file does not end with a line end; and that a JSON text ended early.
    public mutating func finish() -> [Outcome] { outcomes([], isLast: true) }

    private mutating func outcomes(_ bytes: [UInt8], isLast: Bool) -> [Outcome] {
        var outcomes: [Outcome] = []
        // Taken out while it is worked on, so that it is not copied.
        let reading = reading
        switch consume reading {
        case .csv(var reader, var table):
            self.reading = .lines(LineReader())
            let take = { (row: CSVRow) in
                guard let known = table else {
                    if let defect = row.defect {
                        outcomes.append(
                            .failure(ImportReject(line: row.line, reason: "the header: \(defect)", raw: row.raw)))
                    }
                    table = CSVTable(header: row)
                    header = ImportHeader(row)
                    return
                }
                do throws(ImportReject) {
                    outcomes.append(.success(ImportRecord(try known.record(row), line: row.line, raw: row.raw)))
                } catch { outcomes.append(.failure(error)) }
            }
            if isLast { reader.finish(take) } else { reader.read(bytes, take) }
            self.reading = .csv(reader, table)
        case .lines(var reader):
            self.reading = .elements(JSONElementReader())
            let take = { (line: LineReader.Line) in
                outcomes.append(Self.record(line.bytes, line: line.number, unit: .line))
            }
            if isLast { reader.finish(take) } else { reader.read(bytes, take) }
            self.reading = .lines(reader)
        case .elements(var reader):
            self.reading = .lines(LineReader())
            reader.read(bytes) { element in
                outcomes.append(Self.record(element.bytes.map { $0[...] }, line: element.number, unit: .record))
                last = element.number
            }
            if isLast, !reader.isComplete {
                let reason = "the JSON text ends early; expected a list of objects, or an object with one as 'data'"
                outcomes.append(.failure(ImportReject(line: last + 1, unit: .record, reason: reason)))
            } else if isLast, reader.hasMore {
                let reason = "what stands behind the end of the list was not read; expected one JSON text"
                outcomes.append(.failure(ImportReject(line: last + 1, unit: .record, reason: reason)))
            }
            self.reading = .elements(reader)
        }
        return outcomes
    }

    /// The number of the last element.
    private var last = 0

    private static func record(_ bytes: ArraySlice<UInt8>?, line: Int, unit: ImportReject.Unit) -> Outcome {
        guard let bytes else {
            let reason =
                "larger than \(ImportLimits.jsonRecordBytes >> 20) MiB, or nested more than \(ImportLimits.jsonDepth) deep; expected a JSON object within that"
            return .failure(ImportReject(line: line, unit: unit, reason: reason))
        }
        do throws(JSONError) {
            let value = try JSONValue(parsing: Array(bytes), maximumDepth: ImportLimits.jsonDepth)
            guard let object = value.objectValue else {
                return .failure(ImportReject(line: line, unit: unit, reason: "expected a JSON object", raw: bytes))
            }
            return .success(ImportRecord(object, line: line, unit: unit, raw: bytes))
        } catch {
            return .failure(
                ImportReject(line: line, unit: unit, reason: "expected a JSON object: \(error)", raw: bytes))
        }
    }
}
