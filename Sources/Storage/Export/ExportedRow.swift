public import MongoDriver

/// One row that is taken out.
public enum ExportedRow: Sendable {
    /// A document as it is stored.
    case document(BSONDocument)
    /// The key of one that was there before and is not any more; only told since a change.
    case deleted(String)
}
