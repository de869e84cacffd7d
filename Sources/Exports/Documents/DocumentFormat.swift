/// The form in which documents are taken out.
public enum DocumentFormat: String, Sendable, CaseIterable {
    /// One JSON object a line.
    case jsonl
    /// A table.
    case csv
    /// As mongodump writes it.
    case bson
}
