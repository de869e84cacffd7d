public import WebStandards

/// Reads people's ratings from CSV (`user,item,rating`, or `user_id,anime_id,rating`) and makes their lists.
///
/// Holds 5 bytes a rating, so that a file in any order becomes one list per person.
public struct RatingsImport: Sendable {
    private struct Columns {
        let user: Int
        let item: Int
        let rating: Int
        let width: Int
    }

    /// A person's rows: item number and score (0 for watched without one), side by side.
    private struct Rows {
        var items: [Int32] = []
        var scores: [UInt8] = []
    }

    private let site: String
    private let entryOfItem: [Int32: Int32]?
    private var columns: Columns?
    private var users: [String: Rows] = [:]

    /// - Parameters:
    ///   - site: The site whose entries were rated.
    ///   - entryOfItem: The site's number of each of the file's items; nil when the file uses the site's own numbers.
    public init(site: String, entryOfItem: [Int32: Int32]? = nil) {
        self.site = site
        self.entryOfItem = entryOfItem
    }

    /// Takes one record; the first one names the columns.
    ///
    /// - Throws: ``ImportReject`` when the record is left out; the others are not affected.
    public mutating func take(_ row: CSVRow) throws(ImportReject) {
        guard let columns else {
            self.columns = try Self.columns(row)
            return
        }
        guard row.fields.count == columns.width else {
            throw ImportReject(
                line: row.line, reason: "\(row.fields.count) fields; expected \(columns.width) as in the header")
        }
        let user = row.fields[columns.user]
        guard !user.isEmpty, user.utf8.count <= 100 else {
            throw ImportReject(line: row.line, reason: "user: expected a name or number of at most 100 bytes")
        }
        guard let item = Int32(row.fields[columns.item]), item > 0 else {
            throw ImportReject(
                line: row.line, reason: "item: expected a positive number, not '\(row.fields[columns.item].prefix(40))'"
            )
        }
        guard let score = Self.score(row.fields[columns.rating]) else {
            throw ImportReject(
                line: row.line,
                reason: "rating: expected 1 to 10, or -1 for none, not '\(row.fields[columns.rating].prefix(40))'")
        }
        guard let entry = entryOfItem.map({ $0[item] }) ?? item else {
            throw ImportReject(line: row.line, reason: "item: \(item) is not in the file of items")
        }
        users[user, default: Rows()].items.append(entry)
        users[user]?.scores.append(score)
    }

    /// Whether the first record named the columns; without them no record can be taken.
    public var hasHeader: Bool { columns != nil }

    /// How many people have rows so far.
    public var userCount: Int { users.count }

    /// Their names, in order.
    public var userNames: [String] { users.keys.sorted() }

    /// A person's list as raw fields of a user item; of several rows with one entry the last counts.
    ///
    /// - Parameter titles: Entry number → title and type, where they are known.
    public func list(of user: String, titles: [Int32: (title: String, type: String?)]) -> JSONObject {
        let rows = users[user] ?? Rows()
        var latest: [Int32: UInt8] = [:]
        for (item, score) in zip(rows.items, rows.scores) { latest[item] = score }
        let list = latest.sorted { $0.key < $1.key }.map { entry, score in
            JSONValue.object([
                "entry_id": .string("\(site):\(entry)"), "title": titles[entry].map { .string($0.title) } ?? .null,
                "type": titles[entry]?.type.map(JSONValue.string) ?? .null, "score": .int(Int64(score)),
                "status": .null,
                "watched_episodes": .null, "rewatching": .null, "started": .null, "finished": .null, "updated": .null,
            ])
        }
        return [
            "_id": .string("\(site):\(user)"), "site": .string(site), "name": .string(user), "list": .array(list),
        ]
    }

    private static func score(_ text: String) -> UInt8? {
        guard let number = Double(text), number == number.rounded() else { return nil }
        if number == -1 || number == 0 { return 0 }
        return (1...10).contains(number) ? UInt8(number) : nil
    }

    private static func columns(_ header: CSVRow) throws(ImportReject) -> Columns {
        let table = CSVTable(header: header)
        guard let user = table.column(["user", "user_id", "username"]),
            let item = table.column(["item", "anime_id", "item_id"]),
            let rating = table.column(["rating", "score", "my_score"])
        else {
            throw ImportReject(line: header.line, reason: "expected a header with user, item and rating")
        }
        return Columns(user: user, item: item, rating: rating, width: header.fields.count)
    }
}
