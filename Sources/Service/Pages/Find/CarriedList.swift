import HTTPTypes
import Indexing
import WebStandards

/// A list that somebody brought, as it goes to and fro with the page: nothing of it is stored.
///
/// As text, rows of key, score and state: "myanimelist:5114|9|completed", separated by spaces.
struct CarriedList: Sendable, Hashable {
    struct Row: Sendable, Hashable {
        let entry: String
        /// 1 to 10; 0 when unscored.
        let score: Int
        /// As `users` has it.
        let status: String?
    }

    static let mostBytes = 1 << 20
    static let mostRows = 20_000
    private static let states: Set<String> = ["watching", "completed", "on_hold", "dropped", "plan_to_watch"]

    let rows: [Row]

    init(rows: [Row]) { self.rows = rows }

    /// - Throws: ``Problem`` 400.
    init(_ text: String) throws(Problem) {
        let parts = text.split(separator: " ")
        guard parts.count <= Self.mostRows else {
            throw Problem(.badRequest, "list: more than \(Self.mostRows) anime")
        }
        var rows: [Row] = []
        for part in parts {
            let fields = part.split(separator: "|", omittingEmptySubsequences: false)
            guard fields.count == 3, !fields[0].isEmpty, let score = Int(fields[1]), (0...10).contains(score),
                fields[2].isEmpty || Self.states.contains(String(fields[2]))
            else { throw Problem(.badRequest, "list: expected rows of key, score and state") }
            rows.append(
                Row(entry: String(fields[0]), score: score, status: fields[2].isEmpty ? nil : String(fields[2])))
        }
        self.rows = rows
    }

    /// Entries whose keys cannot be separated are left out.
    var text: String {
        rows.filter { !$0.entry.contains { $0 == " " || $0 == "|" } }
            .map { "\($0.entry)|\($0.score)|\($0.status ?? "")" }.joined(separator: " ")
    }

    /// As the rows of a `users` document.
    var values: [JSONValue] {
        rows.map { row in
            [
                "entry_id": .string(row.entry), "score": .int(Int64(row.score)),
                "status": row.status.map(JSONValue.string) ?? .null,
            ]
        }
    }
}
