/// The columns of a CSV file with a header, by name.
struct CSVTable: Sendable {
    private let columns: [String: Int]
    let width: Int

    init(header: CSVRow) {
        let names = header.fields.map { $0.lowercased() }
        columns = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
        width = names.count
    }

    /// The first of some names that is a column.
    func column(_ names: [String]) -> Int? { names.lazy.compactMap { columns[$0] }.first }

    /// Refuses a row that is no CSV, or of another width than the header.
    func check(_ row: CSVRow) throws(ImportReject) {
        if let defect = row.defect { throw ImportReject(line: row.line, reason: defect, raw: row.raw) }
        guard row.fields.count == width else {
            throw ImportReject(
                line: row.line, reason: "\(row.fields.count) fields; expected \(width) as in the header", raw: row.raw)
        }
    }

    /// A row's fields by the header's names.
    func record(_ row: CSVRow) throws(ImportReject) -> [String: String] {
        try check(row)
        return columns.mapValues { row.fields[$0] }
    }
}
