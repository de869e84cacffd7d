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
    }

    /// The rows that can be understood; others are left out.
    public var rows: [Row] {
        records.compactMap { record in
            guard let id = record.integer(["series_animedb_id"]), id > 0 else { return nil }
            let score = record.integer(["my_score"]) ?? 0
            guard (0...10).contains(score) else { return nil }
            return Row(
                id: Int64(id), title: record.verbatim(["series_title"])?.trimmed, score: Int(score),
                status: WatchState.all[Int(record.text(["my_status"]).map(WatchState.place) ?? 0)])
        }
    }
}
