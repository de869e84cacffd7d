public import WebStandards

/// A person's list in eight bytes a row, for those who answer the same people again and again.
public struct PackedList: Sendable {
    /// The user's key.
    public let key: String
    let rows: [ListedEntry]
    /// What the entries' numbers mean.
    let numbers: EntryNumbers

    /// An empty list.
    public init(key: String) { self.init(key: key, rows: [], numbers: EntryNumbers()) }

    init(key: String, rows: [ListedEntry], numbers: EntryNumbers) {
        (self.key, self.rows, self.numbers) = (key, rows, numbers)
    }

    /// About how much memory it takes.
    public var byteCount: Int { rows.count * MemoryLayout<ListedEntry>.stride + key.utf8.count + 64 }

    /// The fields of a `users` document that are read, besides `_id`.
    public static let fields = UserList.fields
}

extension AnimeIndex {
    /// The list of a `users` document, to be held; newer versions that were loaded after this one read it without any conversion.
    ///
    /// - Returns: nil for what is no such document, and where lists name more entries than are numbered.
    public func packed(_ user: JSONObject) -> PackedList? {
        guard let list = UserList(user), let numbers = entryNumbers.numbers(of: list.rows.map(\.entry)) else {
            return nil
        }
        let rows = zip(list.rows, numbers).map { ListedEntry(entry: $1, score: $0.score, status: $0.status) }
        return PackedList(key: list.key, rows: rows, numbers: entryNumbers)
    }

    /// Recommends to a person from their list.
    public func recommend(to list: PackedList, _ options: RecommendationOptions = .init()) -> [AnimeRecommendation] {
        var taken: [(anime: Int32, score: UInt8, status: ListedEntry.Status?)] = []
        taken.reserveCapacity(list.rows.count)
        for row in list.rows {
            guard let anime = self.row(of: row.entry, list.numbers) else { continue }
            taken.append((anime, row.score, row.status))
        }
        return recommend(taken, options)
    }

    /// The row of a numbered entry; nil when it is none of the index.
    private func row(of number: Int32, _ numbers: EntryNumbers) -> Int32? {
        if numbers === entryNumbers, Int(number) < rowOfNumber.count {
            let row = rowOfNumber[Int(number)]
            return row < 0 ? nil : row
        }
        // Numbered after this version was loaded.
        return rowOfEntry[numbers.name(number)]
    }
}
