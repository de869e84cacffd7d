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
    /// Series that are known → the one anime of it that may be recommended, if any.
    private var known: [Int32: Int32?] = [:]

    init(_ mode: SeriesMode, _ franchises: Franchises, list: [Int32: Watched]) {
        self.mode = mode
        self.franchises = franchises
        guard mode != .all else { return }
        let watched = Set(list.filter { $0.value != .planned }.keys)
        let series = Dictionary(grouping: watched) { franchises.series(of: $0) ?? -1 }
        for (number, rows) in series where number >= 0 {
            let isGivenUp = rows.allSatisfy { list[$0] == .givenUp }
            known[number] =
                mode == .exclude || isGivenUp ? .some(nil) : .some(franchises.next(in: number, after: watched))
        }
    }

    func allows(_ row: Int32) -> Bool {
        guard mode != .all, let series = franchises.series(of: row) else { return true }
        guard let choice = known[series] else { return franchises.isBeginning(row) }
        return choice == row
    }
}
