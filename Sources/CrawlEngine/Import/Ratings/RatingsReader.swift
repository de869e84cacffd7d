/// Reads the rows of a file of ratings piece by piece.
public struct RatingsReader: Sendable {
    private var csv: CSVReader
    private var columns: RatingColumns?
    private let format: ImportFormat
    private let scale: Int?
    private let site: String
    private let entryOfItem: [Int32: Int32]?

    /// Starts at the beginning of a file.
    ///
    /// - Parameters:
    ///   - site: The site whose entries were rated.
    ///   - entryOfItem: The site's number of each of the file's items; nil when the file uses the site's own numbers.
    ///   - scale: The best rating there is; nil for the data set's own.
    public init(
        _ format: ImportFormat, site: String, entryOfItem: [Int32: Int32]? = nil, scale: Int? = nil
    ) throws(ImportError) {
        guard [.csv, .movieLensDat].contains(format) else {
            throw ImportError(
                "ratings are read from CSV or MovieLens' .dat; this looks like \(format.rawValue): see animematcher import --help"
            )
        }
        self.format = format
        self.scale = scale
        self.site = site
        self.entryOfItem = entryOfItem
        csv = CSVReader(separator: format == .movieLensDat ? .doubleColon : .comma)
    }

    /// Whether the first record named the columns; without them no record can be taken.
    public var hasHeader: Bool { columns != nil }

    /// Whether people are named, not numbered; known once there was a header.
    public var namesPeople: Bool { columns?.namesPeople ?? false }

    /// Takes the rows that end in the next piece into the spool.
    ///
    /// - Throws: ``ImportError`` when the header does not name the columns: then every record would be left out.
    public mutating func read(
        _ bytes: [UInt8], into spool: RatingsSpool, _ reject: (ImportReject) throws -> Void
    ) throws {
        try take(bytes, isLast: false, spool, reject)
    }

    /// Takes the last row, if the file does not end with a line end.
    public mutating func finish(into spool: RatingsSpool, _ reject: (ImportReject) throws -> Void) throws {
        try take([], isLast: true, spool, reject)
    }

    private mutating func take(
        _ bytes: [UInt8], isLast: Bool, _ spool: RatingsSpool, _ reject: (ImportReject) throws -> Void
    ) throws {
        var columns = columns
        let item = item
        let takeRow = { (row: CSVRow) in
            if columns == nil {
                if format == .csv {
                    columns = try RatingColumns(header: row, scale: scale)
                    return
                }
                columns = try RatingColumns.movieLens(width: row.fields.count, scale: scale)
            }
            guard let columns else { return }
            let rated: RatingRow
            do throws(ImportReject) { rated = try columns.row(row, entry: item) } catch { return try reject(error) }
            try spool.add(rated)
        }
        if isLast { try csv.finish(takeRow) } else { try csv.read(bytes, takeRow) }
        self.columns = columns
    }

    private var item: (RatedItem) -> String? {
        let (map, prefix) = (entryOfItem, "\(site):")
        return { item in
            guard let number = item.number else {
                return item.text.hasPrefix(prefix) ? String(item.text.dropFirst(prefix.count)) : item.text
            }
            guard let map else { return item.text }
            return map[number].map { String($0) }
        }
    }
}
