/// One record of a CSV file.
public struct CSVRow: Sendable, Hashable {
    /// The line the record begins on; the first line is 1.
    public let line: Int
    /// As written, quotes undone; none where the record is no CSV.
    public let fields: [String]
    /// The record as it stands in the file, without its line end.
    public let raw: ArraySlice<UInt8>
    /// Why the record is no CSV, and what was expected; nil for a good one.
    public let defect: String?
}
