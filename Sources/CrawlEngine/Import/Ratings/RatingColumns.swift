/// Which columns of a file of ratings say what.
///
/// Known are `user,item,rating`, Kaggle's `user_id,anime_id,rating` with -1 for none, with `watching_status,watched_episodes` (2020),
/// `user_id,Username,anime_id,Anime Title,rating` (2023) and `username,anime_id,my_…` (2018), and MovieLens'
/// `userId,movieId,rating,timestamp`, of five stars.
struct RatingColumns: Sendable {
    let table: CSVTable
    let user: Int
    let item: Int
    let rating: Int
    private let status: Int?
    private let episodes: Int?
    private let updated: Int?
    /// Whether people are named, not numbered.
    let namesPeople: Bool
    /// The best rating there is.
    let scale: Int

    /// Reads a header.
    ///
    /// - Parameter scale: The best rating there is; nil for the data set's own.
    init(header: CSVRow, scale: Int?) throws(ImportError) {
        table = CSVTable(header: header)
        let numbered = table.column(["user", "user_id", "userid"])
        guard let user = numbered ?? table.column(["username", "user_name", "profile"]),
            let item = table.column(["item", "anime_id", "item_id", "movieid", "animeid", "mal_id"]),
            let rating = table.column(["my_score", "rating", "score"])
        else {
            let known = header.fields.prefix(20).joined(separator: ",")
            throw ImportError(
                "line \(header.line): expected a header with user, item and rating (or user_id, anime_id, rating; userId, movieId, rating), not '\(known)'"
            )
        }
        (self.user, self.item, self.rating) = (user, item, rating)
        namesPeople = numbered == nil
        status = table.column(["watching_status", "my_status", "status"])
        episodes = table.column(["watched_episodes", "my_watched_episodes"])
        updated = table.column(["timestamp", "my_last_updated"])
        self.scale = scale ?? (table.column(["movieid"]) == nil ? 10 : 5)
    }

    /// The columns of a file without a header: MovieLens' `.dat`.
    static func movieLens(width: Int, scale: Int?) throws(ImportError) -> RatingColumns {
        let names = ["userId", "movieId", "rating", "timestamp"].prefix(width)
        let header = CSVRow(line: 0, fields: Array(names), raw: [], defect: nil)
        return try RatingColumns(header: header, scale: scale)
    }

    /// Takes a row.
    ///
    /// - Parameter entry: The entry that an item of the file is, as its number or key; nil where the item is not known.
    func row(_ row: CSVRow, entry: (RatedItem) -> String?) throws(ImportReject) -> RatingRow {
        try table.check(row)
        func reject(_ reason: String) -> ImportReject { ImportReject(line: row.line, reason: reason, raw: row.raw) }
        func shown(_ column: Int) -> Substring { row.fields[column].prefix(40) }
        let user = Self.unguarded(row.fields[user])
        guard !user.isEmpty, user.utf8.count <= 100 else {
            throw reject("user: expected a name or number of at most 100 bytes")
        }
        guard let item = RatedItem(row.fields[item]) else {
            throw reject("item: expected a positive number, or a key like myanimelist:5114, not '\(shown(self.item))'")
        }
        guard let score = score(row.fields[rating]) else {
            throw reject("rating: expected \(form), or -1 for none, not '\(shown(rating))'")
        }
        guard let entry = entry(item) else { throw reject("item: \(item.text) is not in the file of items") }
        var rated = RatingRow(user: user, entry: entry, score: score)
        if let status { rated.status = WatchState.place(row.fields[status]) }
        if let episodes { rated.episodes = Int32(row.fields[episodes]).flatMap { $0 >= 0 ? $0 : nil } }
        if let updated { rated.updated = Int64(row.fields[updated]).flatMap { $0 > 0 ? $0 : nil } }
        return rated
    }

    /// A name without the apostrophe that our own export puts before what a spreadsheet may take for a formula.
    private static func unguarded(_ text: String) -> String {
        var scalars = text.unicodeScalars.makeIterator()
        guard scalars.next() == "'", let second = scalars.next(), "=+-@'＝＋－＠".unicodeScalars.contains(second) else {
            return text
        }
        return String(text.dropFirst())
    }

    private var form: String { scale == 10 ? "1 to 10" : "more than 0 and at most \(scale)" }

    /// A rating as one of 1 to 10; 0 for none.
    private func score(_ text: String) -> UInt8? {
        if scale == 10, let plain = UInt8(text), plain <= 10 { return plain }
        guard let number = Double(text) else { return text.isEmpty && status != nil ? 0 : nil }
        if number == -1 || number == 0 { return 0 }
        guard number > 0, number <= Double(scale) else { return nil }
        let ten = number * 10 / Double(scale)
        if scale <= 10 { return ten == ten.rounded() ? UInt8(ten) : nil }
        return UInt8(max(1, ten.rounded()))
    }
}
