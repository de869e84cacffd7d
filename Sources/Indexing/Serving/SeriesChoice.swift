/// What of a series may be recommended.
public enum SeriesMode: String, Sendable, CaseIterable {
    /// Everything.
    case all
    /// Of a series that was begun the next one, of another one its beginning; of one that was given up nothing.
    case next
    /// Beginnings of series that the person does not know.
    case exclude
}

/// Decides for one person which anime of each series may be recommended: one at most, unless all are wanted.
struct SeriesChoice {
    private let mode: SeriesMode
    private let franchises: Franchises
    private let list: [Int32: Watched]

    init(_ mode: SeriesMode, _ franchises: Franchises, list: [Int32: Watched]) {
        (self.mode, self.franchises, self.list) = (mode, franchises, list)
    }

    /// Decided for those that are asked about only: few of all series can be recommended.
    func allows(_ row: Int32) -> Bool {
        guard mode != .all, let series = franchises.series(of: row) else { return true }
        let watched = franchises.rows(of: series).filter { list[$0].map { $0 != .planned } ?? false }
        guard !watched.isEmpty else { return franchises.isBeginning(row) }
        if mode == .exclude || watched.allSatisfy({ list[$0] == .givenUp }) { return false }
        return franchises.next(in: series, after: Set(watched)) == row
    }
}
