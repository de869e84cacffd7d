import MongoDriver

/// One index, for people: its fields, and what is particular about it.
public struct DictionaryIndex: Sendable, Hashable {
    /// "site, started_at descending".
    public let keys: String
    /// "unique", "only documents with closed_reason", …; empty when there is nothing to say.
    public let notes: [String]

    init(_ model: IndexModel) {
        keys = model.keys.map { key, order in order.intValue == -1 ? "\(key) descending" : key }.joined(separator: ", ")
        var notes: [String] = []
        if model.isUnique { notes.append("unique") }
        if let filter = model.partialFilter { notes.append("only documents with `\(filter)`") }
        if model.otherOptions["sparse"] == true { notes.append("only documents that have it") }
        if let age = model.expireAfter {
            let days = age.components.seconds / 86_400
            notes.append(age == .zero ? "deletes a document at that time" : "deletes a document \(days) days after it")
        }
        self.notes = notes
    }
}
