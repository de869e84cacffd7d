import Recommender
import WebStandards

/// One row of a person's list, as far as the index needs it.
struct ListedEntry: Sendable, Hashable {
    /// The entry's number.
    let entry: Int32
    /// 1…10; 0 when unscored.
    let score: UInt8
    let status: Status?

    typealias Status = PreferenceWeights.Status
}

/// A person's list, by entry.
typealias EntryList = [ListedEntry]

extension UserList {
    /// The list by entry numbers; entries not seen before get a number.
    func entries(_ registry: inout Registry) -> EntryList {
        rows.map { ListedEntry(entry: registry.number(of: $0.entry), score: $0.score, status: $0.status) }
            .sorted { $0.entry < $1.entry }
    }
}

/// A person's list as `users` holds it.
struct UserList: Sendable {
    /// One row of the list.
    struct Row: Sendable {
        let entry: String
        let score: UInt8
        let status: PreferenceWeights.Status?
    }

    let key: String
    let rows: [Row]

    /// The fields of a user document that are read.
    static let fields = ["list.entry_id", "list.score", "list.status"]

    /// Reads a user document; rows without an entry are passed over.
    init?(_ fields: JSONObject) {
        guard let key = fields["_id"]?.stringValue else { return nil }
        self.key = key
        rows = (fields["list"]?.arrayValue ?? []).compactMap { row in
            guard let entry = row["entry_id"]?.stringValue else { return nil }
            return Row(
                entry: entry, score: UInt8(clamping: row["score"]?.intValue ?? 0),
                status: row["status"]?.stringValue.flatMap(PreferenceWeights.Status.init(rawValue:)))
        }
    }

    /// Whether there is a score above 0; without one a person adds no ratings (the original's rule).
    var hasScores: Bool { rows.contains { $0.score > 0 } }
}
