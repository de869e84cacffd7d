extension AnimeListXML {
    /// One row as far as recommendations need it.
    public struct Row: Sendable, Hashable {
        /// The site's number of the anime.
        public let id: Int64
        /// Its title, as the file has it.
        public let title: String?
        /// 1 to 10; 0 when unscored.
        public let score: Int
        /// As `users` has it: "completed"; nil when unknown.
        public let status: String?

        init(_ record: ImportRecord) throws(ImportReject) {
            guard let id = record.integer(["series_animedb_id"]), id > 0 else {
                throw record.reject("series_animedb_id: expected a positive number")
            }
            guard let score = record.integer(["my_score"]) ?? (record.text(["my_score"]) == nil ? 0 : nil),
                (0...10).contains(score)
            else { throw record.reject("my_score: expected 0 to 10, 0 for none") }
            self.init(
                id: Int64(id), title: record.verbatim(["series_title"])?.trimmed, score: Int(score),
                status: WatchState.all[Int(record.text(["my_status"]).map(WatchState.place) ?? 0)])
        }

        init(id: Int64, title: String?, score: Int, status: String?) {
            (self.id, self.title, self.score, self.status) = (id, title, score, status)
        }
    }

    /// The rows that can be understood, and those that are left out.
    public var rows: (read: [Row], rejects: [ImportReject]) {
        var (read, rejects) = ([Row](), [ImportReject]())
        for record in records {
            do throws(ImportReject) { read.append(try Row(record)) } catch { rejects.append(error) }
        }
        return (read, rejects)
    }
}
