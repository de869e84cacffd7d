public import CrawlDomain

/// The names that a table's first row gives to its columns.
public struct ImportHeader: Sendable {
    private let row: CSVRow
    private let record: ImportRecord

    init(_ row: CSVRow) {
        self.row = row
        let names = row.fields.map { ($0.lowercased(), "") }
        record = ImportRecord(Dictionary(names, uniquingKeysWith: { first, _ in first }), line: row.line, raw: row.raw)
    }

    /// Refuses a table of which every record would be left out, because a column is missing that all of them need.
    ///
    /// One that is known to be of another kind passes: of its records it is said which command takes them in.
    public func check(for type: ItemType) throws(ImportError) {
        let needed = Self.needed(type)
        // Why it is no CSV is said of the row itself.
        guard row.defect == nil, needed.contains(where: { !record.has($0) }),
            Mistaken.record(record, wanted: type) == nil
        else { return }
        let columns = needed.map { names in
            names.count == 1 ? names[0] : "\(names[0]) (or \(names.dropFirst().joined(separator: ", ")))"
        }
        let found = row.fields.prefix(20).joined(separator: ",")
        throw ImportError(
            "line \(row.line): expected a header with \(columns.joined(separator: " and ")), not '\(found)'")
    }

    /// The names of each column that records need, the usual one first; none where records are no rows.
    private static func needed(_ type: ItemType) -> [[String]] {
        switch type {
        case .entry: [EntryColumns.ids, EntryColumns.titles]
        case .review: [ReviewImport.ids, ReviewImport.entries, ReviewImport.texts]
        case .user: []
        }
    }
}
