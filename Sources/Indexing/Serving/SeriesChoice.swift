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
    private let list: WatchedRows

    init(_ mode: SeriesMode, _ franchises: Franchises, list: WatchedRows) {
        (self.mode, self.franchises, self.list) = (mode, franchises, list)
    }

    /// Decided for those that are asked about only: few of all series can be recommended.
    func allows(_ row: Int32) -> Bool {
        guard mode != .all, let series = franchises.series(of: row) else { return true }
        let rows = franchises.rows(of: series)
        guard rows.contains(where: isBegun) else { return franchises.isBeginning(row) }
        guard mode == .next, rows.contains(where: { list[$0] == .seen }) else { return false }
        return franchises.first(of: series) { !isBegun($0) } == row
    }

    private func isBegun(_ row: Int32) -> Bool { list[row].map { $0 != .planned } ?? false }
}
