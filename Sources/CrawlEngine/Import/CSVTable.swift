/// The columns of a CSV file with a header, by name.
struct CSVTable {
    private let columns: [String: Int]
    private let width: Int

    init(header: CSVRow) {
        let names = header.fields.map { $0.lowercased() }
        columns = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
        width = names.count
    }

    /// The first of some names that is a column.
    func column(_ names: [String]) -> Int? { names.lazy.compactMap { columns[$0] }.first }

    /// A row's fields by the header's names.
    func record(_ row: CSVRow) throws(ImportReject) -> [String: String] {
        guard row.fields.count == width else {
            throw ImportReject(line: row.line, reason: "\(row.fields.count) fields; expected \(width) as in the header")
        }
        return columns.mapValues { row.fields[$0] }
    }
}

extension ImportReject: Error {}
